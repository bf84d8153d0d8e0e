using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sync.Net.Benchmarks.Peers.Servers;

/// <summary>One line asked over a connection of its own.</summary>
internal static class Question
{
    public static async Task<bool> AskAsync(int port, string question, string expected, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes(question), cancellationToken);
            byte[] answer = new byte[4096];
            int length = 0;
            while (length < answer.Length && await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken) is > 0 and var more)
            {
                length += more;
                if (Encoding.ASCII.GetString(answer, 0, length).Contains(expected, StringComparison.Ordinal)) return true;
            }
            return false;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
