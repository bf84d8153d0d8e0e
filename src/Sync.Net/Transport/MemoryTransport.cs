using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using Nerdbank.Streams;

namespace Sync.Net.Transport;

/// <summary>Channels within one process: each instance is a network of its own, and an endpoint is only a name in it.</summary>
internal sealed class MemoryTransport : ITransport
{
    private readonly ConcurrentDictionary<SyncEndpoint, MemoryListener> _listeners = new();
    private int _lastPort = 49_151;

    public async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (IDuplexPipe nearPipe, IDuplexPipe farPipe) = FullDuplexStream.CreatePipePair();
        var near = new MemoryStreamSide(nearPipe);
        var far = new MemoryStreamSide(farPipe);
        if (_listeners.TryGetValue(endpoint, out MemoryListener? listener) && listener.TryOffer(far)) return near;
        await near.DisposeAsync().ConfigureAwait(false);
        throw new IOException(
            $"Cannot connect to {endpoint}: nobody listens there.", new SocketException((int)SocketError.ConnectionRefused));
    }

    public IListener Listen(SyncEndpoint endpoint)
    {
        if (!endpoint.IsUnix && endpoint.Port == 0) endpoint = endpoint.WithPort(Interlocked.Increment(ref _lastPort));
        var listener = new MemoryListener(endpoint, Remove);
        return _listeners.TryAdd(endpoint, listener) ? listener : throw new BindException(endpoint, BindFailure.InUse);
    }

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    private void Remove(MemoryListener listener) => _listeners.TryRemove(KeyValuePair.Create(listener.Endpoint, listener));
}
