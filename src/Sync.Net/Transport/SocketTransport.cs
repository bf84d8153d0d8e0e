using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>TCP over IPv4 and IPv6, and Unix sockets; between processes of one host, Unix sockets by themselves.</summary>
internal sealed class SocketTransport : ITransport
{
    public static readonly SocketTransport Instance = new(usesHostSockets: true, sharesConnections: true);

    /// <summary>TCP between processes of one host too, and a connection for each member.</summary>
    public static readonly SocketTransport TcpOnly = new(usesHostSockets: false, sharesConnections: false);

    private readonly SocketDialer _dialer;
    private readonly bool _usesHostSockets;

    private SocketTransport(bool usesHostSockets, bool sharesConnections)
    {
        SharesConnections = sharesConnections;
        _usesHostSockets = usesHostSockets;
        _dialer = new SocketDialer(ReaderThreads.OfProcess, WatchTime.OfProcess);
    }

    public bool SharesConnections { get; }

    public ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        ConnectAsync(endpoint, ConnectAsync, cancellationToken);

    public ValueTask<Stream> DialAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        ConnectAsync(endpoint, SocketDialer.IsSupported ? DialAsync : ConnectAsync, cancellationToken);

    public IListener Listen(SyncEndpoint endpoint) =>
        endpoint.IsUnix ? UnixSocket.Listen(endpoint) : TcpListening.Listen(endpoint, _usesHostSockets);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        Loopback.IsOnlyAsync(endpoint, cancellationToken);

    private delegate ValueTask<Stream> Connecting(EndPoint address, CancellationToken cancellationToken);

    private static async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, Connecting connect, CancellationToken cancellationToken)
    {
        try
        {
            return endpoint.IsUnix
                ? await connect(UnixSocket.AddressOf(endpoint), cancellationToken).ConfigureAwait(false)
                : await ConnectToAnyAsync(endpoint, connect, cancellationToken).ConfigureAwait(false);
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

    private static async ValueTask<Stream> ConnectToAnyAsync(SyncEndpoint endpoint, Connecting connect, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await TcpAddresses.ResolveAsync(endpoint.Host, cancellationToken).ConfigureAwait(false);
        for (int i = 0; ; i++)
        {
            try
            {
                return await connect(new IPEndPoint(addresses[i], endpoint.Port), cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                // A name may have addresses that nobody listens at, such as ::1 for localhost.
            }
        }
    }

    private async ValueTask<Stream> DialAsync(EndPoint address, CancellationToken cancellationToken) =>
        _dialer.TryDialAsync(address, _usesHostSockets, cancellationToken) is { } dialed
            ? await dialed.ConfigureAwait(false)
            : await ConnectAsync(address, cancellationToken).ConfigureAwait(false);

    private async ValueTask<Stream> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        if (_usesHostSockets && address is IPEndPoint port && HostSocket.TryConnect(port) is { } near) return new NetworkStream(near, ownsSocket: true);
        Socket socket = OutgoingSocket.Create(address);
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            OutgoingSocket.ThrowIfOwn(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
