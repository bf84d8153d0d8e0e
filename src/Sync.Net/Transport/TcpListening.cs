using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>Binds TCP listeners.</summary>
internal static class TcpListening
{
    /// <summary>Listens at the first of the host's addresses that is this machine's.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="usesHostSockets">Whether those on this host get a Unix socket beside the port.</param>
    public static IListener Listen(SyncEndpoint endpoint, bool usesHostSockets)
    {
        try
        {
            IPAddress[] addresses = TcpAddresses.Resolve(endpoint.Host);
            for (int i = 0; ; i++)
            {
                try
                {
                    Socket socket = Bind(new IPEndPoint(addresses[i], endpoint.Port));
                    var bound = (IPEndPoint)socket.LocalEndPoint!;
                    SyncEndpoint at = endpoint.WithPort(bound.Port);
                    return usesHostSockets && HostSocket.TryListen(bound) is { } near ? SocketListener.Of(at, socket, near) : SocketListener.Of(at, socket);
                }
                catch (SocketException e) when (e.SocketErrorCode != SocketError.AddressAlreadyInUse && i < addresses.Length - 1)
                {
                    // Such as ::1 for localhost where IPv6 is switched off.
                }
            }
        }
        catch (SocketException e)
        {
            throw BindException.From(endpoint, e);
        }
    }

    private static Socket Bind(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // The runtime itself sets SO_REUSEADDR on Unix, so that a port in TIME_WAIT can be bound again; setting
            // ReuseAddress here would add SO_REUSEPORT, with which two servers could share a port.
            if (address.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
            socket.Bind(address);
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
