using System.Collections.Concurrent;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Objects;

/// <summary>
/// A process of its own, as far as the library can tell: what it hosts and what it connects to are not found by the others in
/// their own memory, and all of its connections break when it is killed.
/// </summary>
internal sealed class SimulatedProcess(ITransport network) : ITransport
{
    private readonly ConcurrentBag<IDisposable> _opened = [];
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _killed;
    private int _connections;
    private int _listeners;

    /// <summary>How many connections it has opened so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How often it has begun to listen.</summary>
    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>The first connection is there.</summary>
    public Task Connected => _connected.Task;

    public async ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (_killed) throw new IOException("This process was killed.");
        Stream stream = await network.ConnectAsync(endpoint, cancellationToken);
        Interlocked.Increment(ref _connections);
        _opened.Add(stream);
        _connected.TrySetResult();
        return stream;
    }

    public IListener Listen(SyncEndpoint endpoint)
    {
        var listener = new Listener(network.Listen(endpoint), _opened);
        Interlocked.Increment(ref _listeners);
        _opened.Add(listener);
        return listener;
    }

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        network.IsLocalAsync(endpoint, cancellationToken);

    /// <summary>As the kernel does for a killed process: everything is closed, and nobody is told why.</summary>
    public void Kill()
    {
        _killed = true;
        foreach (IDisposable each in _opened) each.Dispose();
    }

    private sealed class Listener(IListener listener, ConcurrentBag<IDisposable> opened) : IListener
    {
        public SyncEndpoint Endpoint => listener.Endpoint;

        public async ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken)
        {
            Stream stream = await listener.AcceptAsync(cancellationToken);
            opened.Add(stream);
            return stream;
        }

        public void Dispose() => listener.Dispose();
    }
}
