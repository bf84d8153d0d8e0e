using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>A loopback port that nobody uses; who takes it before its user binds it makes that run fail, which says so.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
