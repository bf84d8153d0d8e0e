using Sync.Net.Transport;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>A network whose members may share connections. Members of their own are dialled; carriers are connected.</summary>
internal sealed class SharingTransport(MemoryTransport network) : ITransport
{
    private int _dialled;
    private int _connected;

    public bool SharesConnections => true;

    public int Dialled => Volatile.Read(ref _dialled);

    public int Connected => Volatile.Read(ref _connected);

    /// <summary>Where carriers end up instead.</summary>
    public SyncEndpoint? Elsewhere { get; set; }

    /// <summary>The connection that was made last for a carrier.</summary>
    public Stream? Last { get; private set; }

    public async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        Stream stream = await network.ConnectAsync(Elsewhere ?? endpoint, cancellationToken);
        Interlocked.Increment(ref _connected);
        return Last = stream;
    }

    public async ValueTask<Stream> DialAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        Stream stream = await network.ConnectAsync(endpoint, cancellationToken);
        Interlocked.Increment(ref _dialled);
        return stream;
    }

    public IListener Listen(SyncEndpoint endpoint) => network.Listen(endpoint);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) => network.IsLocalAsync(endpoint, cancellationToken);
}
