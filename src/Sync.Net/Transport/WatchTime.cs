using System.Diagnostics;

namespace Sync.Net.Transport;

/// <summary>Timers whose callbacks run on one thread of their own; it exists once a process and waits while no timer is set.</summary>
/// <remarks>
/// For timers that are set all the time and hardly ever find something to do. The system's wake a worker of the pool each
/// time, which then looks for more work for longer than a meeting takes.
/// </remarks>
internal sealed class WatchTime : TimeProvider
{
    public static readonly WatchTime OfProcess = new();

    private readonly object _gate = new();
    private readonly List<WatchTimer> _set = [];
    private bool _isStarted;

    private WatchTime()
    {
    }

    /// <summary>The callback must be short and must not throw; there are no periods.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(WatchTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _set.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.DueAt = GetTimestamp() + (long)(dueTime.TotalSeconds * Stopwatch.Frequency);
            _set.Add(timer);
            // Otherwise it wakes anyway before this one is due, or not much after it.
            if (_set.Count > 1) return;
            if (_isStarted)
            {
                Monitor.Pulse(_gate);
                return;
            }
            _isStarted = true;
        }
        new Thread(Run) { IsBackground = true, Name = "Sync.Net watch" }.UnsafeStart();
    }

    private void Run()
    {
        while (true)
        {
            WatchTimer due = Next();
            due.Callback(due.State);
        }
    }

    private WatchTimer Next()
    {
        lock (_gate)
        {
            while (true)
            {
                WatchTimer? first = _set.MinBy(static timer => timer.DueAt);
                TimeSpan rest = first is null ? Timeout.InfiniteTimeSpan : GetElapsedTime(GetTimestamp(), first.DueAt);
                if (first is not null && rest <= TimeSpan.Zero)
                {
                    _set.Remove(first);
                    return first;
                }
                Monitor.Wait(_gate, first is null ? rest : TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)));
            }
        }
    }

    private sealed class WatchTimer(WatchTime time, TimerCallback callback, object? state) : ITimer
    {
        public long DueAt { get; set; }

        public TimerCallback Callback => callback;

        public object? State => state;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
