using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>A socket that connects to somebody.</summary>
internal static class OutgoingSocket
{
    public static Socket Create(EndPoint address)
    {
        bool tcp = address is IPEndPoint;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, tcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        if (tcp) socket.NoDelay = true;
        return socket;
    }

    /// <exception cref="SocketException">It is connected to itself.</exception>
    public static void ThrowIfOwn(Socket connected)
    {
        if (connected.ProtocolType == ProtocolType.Tcp && Equals(connected.LocalEndPoint, connected.RemoteEndPoint))
        {
            // Linux lets a socket connect to itself when its own ephemeral port is the one that it tries.
            throw new SocketException((int)SocketError.ConnectionRefused);
        }
    }
}
