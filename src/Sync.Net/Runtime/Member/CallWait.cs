using System.Threading.Tasks.Sources;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>What a caller awaits: the end of its call.</summary>
/// <param name="forget">Told, with <paramref name="number"/>, when the caller has the end.</param>
/// <param name="number">The participant's of this call.</param>
internal sealed class CallWait(Action<long> forget, long number) : IValueTaskSource<CallEnd>
{
    private ManualResetValueTaskSourceCore<CallEnd> _core;

    /// <summary>To be awaited once.</summary>
    public ValueTask<CallEnd> Ended => new(this, _core.Version);

    /// <summary>Ends the call when its caller cancels; undone when the caller has the end.</summary>
    public CancellationTokenRegistration Cancelling { private get; set; }

    /// <param name="end">How the call ended.</param>
    /// <param name="onThisThread">The caller may go on right here; else it goes on on the pool.</param>
    public void Set(CallEnd end, bool onThisThread)
    {
        // Called by the thread that serves all connections, which wakes another one for it in any case.
        if (!onThisThread && PollThread.IsCurrent && CallerThread.OfProcess.TryRelease(this, end)) return;
        _core.RunContinuationsAsynchronously = !onThisThread;
        _core.SetResult(end);
    }

    CallEnd IValueTaskSource<CallEnd>.GetResult(short token)
    {
        Cancelling.Unregister();
        forget(number);
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<CallEnd>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<CallEnd>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
