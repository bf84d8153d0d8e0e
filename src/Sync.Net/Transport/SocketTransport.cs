using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>TCP over IPv4 and IPv6, and Unix sockets.</summary>
internal sealed class SocketTransport : ITransport
{
    public static readonly SocketTransport Instance = new();

    private SocketTransport()
    {
    }

    public async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return endpoint.IsUnix
                ? await ConnectAsync(UnixSocket.AddressOf(endpoint), cancellationToken).ConfigureAwait(false)
                : await ConnectToAnyAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e) when (endpoint.IsUnix && e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // No such file, which for a Unix socket means what a refusal means for a port.
            throw new IOException($"Cannot connect to {endpoint}: {e.Message}", new SocketException((int)SocketError.ConnectionRefused));
        }
        catch (SocketException e)
        {
            throw new IOException($"Cannot connect to {endpoint}: {e.Message}", e);
        }
    }

    public IListener Listen(SyncEndpoint endpoint) =>
        endpoint.IsUnix ? UnixSocket.Listen(endpoint) : TcpListening.Listen(endpoint);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        Loopback.IsOnlyAsync(endpoint, cancellationToken);

    private static async ValueTask<Stream> ConnectToAnyAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await TcpAddresses.ResolveAsync(endpoint.Host, cancellationToken).ConfigureAwait(false);
        for (int i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[i], endpoint.Port), cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                // A name may have addresses that nobody listens at, such as ::1 for localhost.
            }
        }
    }

    private static async ValueTask<Stream> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        bool tcp = address is IPEndPoint;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, tcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            if (tcp) socket.NoDelay = true;
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            if (tcp && Equals(socket.LocalEndPoint, socket.RemoteEndPoint))
            {
                // Linux lets a socket connect to itself when its own ephemeral port is the one that it tries.
                throw new SocketException((int)SocketError.ConnectionRefused);
            }
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
