using System.Collections.Concurrent;
using System.IO.Pipelines;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Runtime.Server;

/// <summary>The connections of one server that carry lanes. Each lane goes through the same gate as a connection of its own would.</summary>
internal sealed class Carriers : IDisposable
{
    private readonly ServerContext _server;
    private readonly HandshakeGate _gate;
    private readonly CancellationToken _stopping;
    private readonly ConcurrentDictionary<CarrierLanes, byte> _served = new();
    private int _waiting;
    private volatile bool _isClosed;

    public Carriers(ServerContext server, HandshakeGate gate, CancellationToken stopping)
    {
        _server = server;
        _gate = gate;
        _stopping = stopping;
        server.Timer.Sweeping += Watch;
    }

    /// <summary>Serves the lanes until the connection ends. Never throws.</summary>
    /// <param name="greeter">Takes each lane through its handshake.</param>
    /// <param name="stream">The connection.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="place">The connection's place in the gate, which goes over to the first lane: no carrier without one outlasts it.</param>
    public async Task ServeAsync(Greeter greeter, Stream stream, PipeReader reader, HandshakeGate.Place place)
    {
        var lanes = new CarrierLanes(this, greeter, place, stream, reader, _server.Wire.MaxHandshakeFrameBytes, _server.Now);
        _served.TryAdd(lanes, 0);
        if (_isClosed) lanes.End();
        Log.CarrierConnected(_server.Logger);
        await lanes.RunAsync().ConfigureAwait(false);
        _served.TryRemove(lanes, out _);
        Log.CarrierEnded(_server.Logger);
    }

    /// <summary>Ends all of them.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _server.Timer.Sweeping -= Watch;
        foreach ((CarrierLanes lanes, _) in _served) lanes.End();
    }

    /// <summary>False when there are so many lanes that most could not be served anyway.</summary>
    public bool TryWait()
    {
        if (Interlocked.Increment(ref _waiting) <= _server.Limits.MaxConnections) return true;
        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>A lane's place, when its turn has come.</summary>
    public ValueTask<HandshakeGate.Place> EnterAsync() => _gate.EnterAsync(_stopping);

    public void EndWait() => Interlocked.Decrement(ref _waiting);

    private void Watch(TimeSpan now)
    {
        foreach ((CarrierLanes lanes, _) in _served) lanes.Watch(now, _server.Limits.HandshakeTimeout);
    }
}
