using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

/// <summary>Sockets whose every connection is opened as a member opens it. Not the server's transport, so no way is shorter.</summary>
internal sealed class DialingTransport : ITransport
{
    public ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        SocketTransport.TcpOnly.DialAsync(endpoint, cancellationToken);

    public IListener Listen(SyncEndpoint endpoint) => SocketTransport.TcpOnly.Listen(endpoint);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        SocketTransport.TcpOnly.IsLocalAsync(endpoint, cancellationToken);
}
