namespace Sync.Net.Runtime.Server;

/// <summary>The one timer of a server: it watches all connections and handshakes, and gives the coordinators their ticks.</summary>
internal sealed class ServerTimer : IDisposable
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);

    private readonly ServerContext _server;
    private readonly Lock _gate = new();
    private readonly TimeSpan _period;
    private ITimer? _timer;
    private TimeSpan _next;
    private int _isSweeping;

    public ServerTimer(ServerContext server)
    {
        _server = server;
        TimeSpan shortest = Min(server.Settings.HeartbeatInterval, server.Settings.HeartbeatTimeout, server.Limits.HandshakeTimeout) / 4;
        _period = TimeSpan.FromTicks(Math.Clamp(shortest.Ticks, ShortestPeriod.Ticks, LongestPeriod.Ticks));
    }

    /// <summary>Called with the time at each sweep.</summary>
    public event Action<TimeSpan>? Sweeping;

    public void Start()
    {
        lock (_gate)
        {
            _next = _server.Now + _period;
            _timer = _server.Clock.CreateTimer(static state => ((ServerTimer)state!).Sweep(), this, _period, _period);
        }
    }

    /// <summary>Makes sure that there is a sweep at that time. May be called under a lock: never sweeps by itself.</summary>
    public void WakeAt(TimeSpan at)
    {
        lock (_gate)
        {
            if (at >= _next || _timer is null) return;
            _next = at;
            // Rounded up: too early a sweep would find nothing to do.
            double wait = Math.Ceiling(Math.Max(1, (at - _server.Now).TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(wait), _period);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Sweep()
    {
        // A sweep that takes longer than the period must not be overtaken by the next.
        if (Interlocked.Exchange(ref _isSweeping, 1) != 0) return;
        try
        {
            TimeSpan now = _server.Now;
            lock (_gate) _next = now + _period;
            _server.Connections.Watch(now);
            Sweeping?.Invoke(now);
            foreach ((_, Group group) in _server.Groups.All)
            {
                if (group.NeedsTick(now)) Tick(group);
            }
        }
        finally
        {
            Volatile.Write(ref _isSweeping, 0);
        }
    }

    private static void Tick(Group group)
    {
        Batch batch = group.Rent();
        group.Tick(batch);
        group.Flush(batch);
    }

    private static TimeSpan Min(params ReadOnlySpan<TimeSpan> values)
    {
        TimeSpan min = values[0];
        foreach (TimeSpan value in values)
        {
            if (value < min) min = value;
        }
        return min;
    }
}
