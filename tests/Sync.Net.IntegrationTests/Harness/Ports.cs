using System.Net;
using System.Net.Sockets;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>Ports for members that host a server under a number that all must know beforehand.</summary>
internal static class Ports
{
    // Below the range that the kernel hands out by itself, so that no connection of this run takes one meanwhile.
    private const int First = 21_000;
    private const int Last = 29_999;

    private static int _next = First + (Environment.ProcessId * 97 % (Last - First));

    public static int Free()
    {
        for (int tries = 0; tries < Last - First; tries++)
        {
            int port = First + (Interlocked.Increment(ref _next) % (Last - First));
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException("No port is free.");
    }

    private static bool IsFree(int port)
    {
        using Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
