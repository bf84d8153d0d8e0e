namespace Sync.Net.Cli.Connecting;

/// <summary>The system's time, whose timers begin to run only when a command turns out to take long: the first one of a process starts a thread.</summary>
/// <param name="soon">What is due before that runs from the start.</param>
internal sealed class CommandTime(TimeSpan soon) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<CommandTimer> _parked = [];
    private bool _runs;

    private TimeSpan Soon => soon;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CommandTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets all timers run, for what is left of their time.</summary>
    public void Run()
    {
        lock (_gate)
        {
            _runs = true;
            foreach (CommandTimer timer in _parked) timer.Run();
            _parked.Clear();
        }
    }

    private sealed class CommandTimer(CommandTime time, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _real;
        private long _setAt;
        private TimeSpan _dueTime;
        private TimeSpan _period;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                if (_isDisposed) return false;
                time._parked.Remove(this);
                if (_real is not null) return _real.Change(dueTime, period);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                (_setAt, _dueTime, _period) = (time.GetTimestamp(), dueTime, period);
                if (time._runs || dueTime < time.Soon) Run();
                else time._parked.Add(this);
                return true;
            }
        }

        /// <summary>Under the lock.</summary>
        public void Run()
        {
            TimeSpan rest = _dueTime - time.GetElapsedTime(_setAt);
            _real = System.CreateTimer(callback, state, rest > TimeSpan.Zero ? rest : TimeSpan.Zero, _period);
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _isDisposed = true;
                time._parked.Remove(this);
                _real?.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
