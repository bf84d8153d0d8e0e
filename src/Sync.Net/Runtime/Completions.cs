using System.Runtime.CompilerServices;
using Sync.Net.Runtime.Member;
using Sync.Net.Transport;

namespace Sync.Net.Runtime;

/// <summary>
/// The ends of calls that the bytes of one read brought. The last of their callers goes on on the reading thread, once the
/// next read is under way: from then on another thread does the reading, and user code may hold this one as long as it likes.
/// </summary>
/// <remarks>Handing that caller to the pool would wake one more thread a call, which costs more than all the rest of it.</remarks>
internal sealed class Completions
{
    private static readonly List<(Call Call, CallEnd End)> None = [];

    [ThreadStatic]
    private static Completions? collecting;

    private List<(Call Call, CallEnd End)> _ended = [];
    private List<(Call Call, CallEnd End)>? _spare;

    /// <summary>Keeps the end of a call until the next read; false when this thread is not reading.</summary>
    public static bool TryAdd(Call call, CallEnd end)
    {
        collecting?._ended.Add((call, end));
        return collecting is not null;
    }

    /// <summary>What ends on this thread until <see cref="EndCollecting"/> is kept.</summary>
    public void BeginCollecting() => collecting = this;

    public static void EndCollecting() => collecting = null;

    /// <summary>Awaits the next read, and lets the callers go on when it is under way.</summary>
    public Read<T> AfterStarting<T>(ValueTask<T> read) => new(this, read.ConfigureAwait(false).GetAwaiter());

    /// <summary>Lets the callers go on, on the pool.</summary>
    public void Release()
    {
        List<(Call Call, CallEnd End)> ended = Take();
        foreach ((Call call, CallEnd end) in ended) call.Complete(end, false);
        GiveBack(ended);
    }

    private List<(Call Call, CallEnd End)> Take()
    {
        // Not the list itself: the next reader may be filling it already.
        if (_ended.Count == 0) return None;
        List<(Call Call, CallEnd End)> ended = _ended;
        _ended = Interlocked.Exchange(ref _spare, null) ?? [];
        return ended;
    }

    private void GiveBack(List<(Call Call, CallEnd End)> ended)
    {
        if (ReferenceEquals(ended, None)) return;
        ended.Clear();
        _spare = ended;
    }

    /// <summary>Awaits a read on behalf of <see cref="AfterStarting"/>.</summary>
    public readonly struct Read<T>(Completions completions, ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter read)
        : ICriticalNotifyCompletion
    {
        public bool IsCompleted
        {
            get
            {
                if (!read.IsCompleted) return false;
                // This thread goes on reading, so the callers must go elsewhere.
                completions.Release();
                return true;
            }
        }

        public Read<T> GetAwaiter() => this;

        public T GetResult() => read.GetResult();

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation)
        {
            List<(Call Call, CallEnd End)> ended = completions.Take();
            read.UnsafeOnCompleted(continuation);
            // From here on the completions are the next reader's.
            if (ended.Count == 0) return;
            (Call last, CallEnd end) = ended[^1];
            for (int i = 0; i < ended.Count - 1; i++) ended[i].Call.Complete(ended[i].End, ended[i].Call.IsFollowed);
            // Before user code keeps this thread.
            completions.GiveBack(ended);
            // Nobody's code on the thread that all connections share.
            last.Complete(end, !PollThread.IsCurrent);
        }
    }
}
