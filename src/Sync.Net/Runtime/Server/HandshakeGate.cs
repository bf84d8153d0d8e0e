using System.Collections.Concurrent;

namespace Sync.Net.Runtime.Server;

/// <summary>Bounds how many connections are in their handshake, and for how long.</summary>
/// <remarks>
/// While all places are taken, nobody may keep one for longer than <see cref="PatienceWhenFull"/>: silent connections
/// can slow newcomers down by that much, and not lock them out.
/// </remarks>
internal sealed class HandshakeGate : IDisposable
{
    private static readonly TimeSpan PatienceWhenFull = TimeSpan.FromSeconds(1);

    private readonly ServerContext _server;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<Place, byte> _taken = new();
    private volatile bool _isClosed;

    public HandshakeGate(ServerContext server)
    {
        _server = server;
        _places = new SemaphoreSlim(server.Limits.MaxHandshakes);
        server.Timer.Sweeping += Watch;
    }

    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(this);
    }

    /// <summary>Ends all handshakes, also those that are about to begin.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _server.Timer.Sweeping -= Watch;
        foreach ((Place place, _) in _taken) place.End();
    }

    private void Watch(TimeSpan now)
    {
        TimeSpan patience = _server.Limits.HandshakeTimeout;
        if (_places.CurrentCount == 0 && PatienceWhenFull < patience) patience = PatienceWhenFull;
        foreach ((Place place, _) in _taken)
        {
            if (now - place.Since > patience) place.End();
        }
    }

    /// <summary>One handshake's place; its token ends when its time is over.</summary>
    internal sealed class Place(HandshakeGate gate) : IDisposable
    {
        // Has no timer and no wait handle, and so needs no disposing.
        private readonly CancellationTokenSource _end = new();
        private int _isLeft;

        public TimeSpan Since { get; private set; }

        public CancellationToken Ended => _end.Token;

        /// <summary>There is a stream: its time begins.</summary>
        public void Begin()
        {
            Since = gate._server.Now;
            gate._taken.TryAdd(this, 0);
            if (gate._isClosed) End();
        }

        public void End() => _end.Cancel();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) != 0) return;
            gate._taken.TryRemove(this, out _);
            gate._places.Release();
        }
    }
}
