using Sync.Net.Runtime.Member;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Tests.Transport.Carrying;

/// <summary>A network on which all that connect to one endpoint, also the first, do it over lanes of one carrier.</summary>
internal sealed class CarryingTransport(ITransport network) : ITransport
{
    private readonly SharedConnections _connections = new();
    private int _connected;

    public bool SharesConnections => true;

    /// <summary>How many connections were made in truth.</summary>
    public int Connected => Volatile.Read(ref _connected);

    public async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        // The place of somebody who is there already, and never leaves: it is another's turn to share.
        _connections.Take(new Wire(this), endpoint);
        Stream stream = await _connections.Take(new Wire(this), endpoint).DialAsync(new SyncLimits(), TimeProvider.System, cancellationToken);
        Assert.IsType<Lane>(stream);
        return stream;
    }

    public IListener Listen(SyncEndpoint endpoint) => network.Listen(endpoint);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) => network.IsLocalAsync(endpoint, cancellationToken);

    /// <summary>What the carriers themselves are connected over; one is as good as another.</summary>
    private sealed record Wire(CarryingTransport Owner) : ITransport
    {
        public bool SharesConnections => true;

        public async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
        {
            Stream stream = await Owner.Network.ConnectAsync(endpoint, cancellationToken);
            Interlocked.Increment(ref Owner._connected);
            return stream;
        }

        public IListener Listen(SyncEndpoint endpoint) => throw new NotSupportedException();

        public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private ITransport Network => network;
}
