using System.Runtime.CompilerServices;

namespace Sync.Net.Transport.Carrying;

/// <summary>
/// The lanes whose reads the bytes of one read of the carrier have ended. Their readers go on once the carrier's next read is
/// under way, all but one on the pool: from then on user code may hold this thread as long as it likes.
/// </summary>
internal sealed class ReadyLanes
{
    private static readonly List<LaneReader> None = [];

    private List<LaneReader> _ready = [];
    private List<LaneReader>? _spare;

    public void Add(LaneReader lane) => _ready.Add(lane);

    /// <summary>Awaits the next read, and lets the lanes go on when it is under way.</summary>
    public Read<T> AfterStarting<T>(ValueTask<T> read) => new(this, read.ConfigureAwait(false).GetAwaiter());

    /// <summary>Lets them go on, on the pool.</summary>
    public void Release()
    {
        List<LaneReader> ready = Take();
        foreach (LaneReader lane in ready) lane.ContinueOnPool();
        GiveBack(ready);
    }

    private List<LaneReader> Take()
    {
        // Not the list itself: the next read may be filling it already.
        if (_ready.Count == 0) return None;
        List<LaneReader> ready = _ready;
        _ready = Interlocked.Exchange(ref _spare, null) ?? [];
        return ready;
    }

    private void GiveBack(List<LaneReader> ready)
    {
        if (ReferenceEquals(ready, None)) return;
        ready.Clear();
        _spare = ready;
    }

    /// <summary>Awaits a read on behalf of <see cref="AfterStarting"/>.</summary>
    public readonly struct Read<T>(ReadyLanes lanes, ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter read) : ICriticalNotifyCompletion
    {
        public bool IsCompleted
        {
            get
            {
                if (!read.IsCompleted) return false;
                // This thread goes on reading.
                lanes.Release();
                return true;
            }
        }

        public Read<T> GetAwaiter() => this;

        public T GetResult() => read.GetResult();

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation)
        {
            List<LaneReader> ready = lanes.Take();
            read.UnsafeOnCompleted(continuation);
            // From here on the list is the next read's.
            if (ready.Count == 0) return;
            LaneReader last = ready[^1];
            for (int i = 0; i < ready.Count - 1; i++) ready[i].ContinueOnPool();
            lanes.GiveBack(ready);
            if (PollThread.IsCurrent) last.ContinueOnPool();
            else last.Continue();
        }
    }
}
