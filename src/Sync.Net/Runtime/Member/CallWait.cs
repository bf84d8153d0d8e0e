using System.Threading.Tasks.Sources;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>What a caller awaits: the end of its call.</summary>
internal sealed class CallWait : IValueTaskSource<CallEnd>
{
    private ManualResetValueTaskSourceCore<CallEnd> _core;

    public ValueTask<CallEnd> Ended => new(this, _core.Version);

    /// <param name="end">How the call ended.</param>
    /// <param name="onThisThread">The caller may go on right here; else it goes on on the pool.</param>
    public void Set(CallEnd end, bool onThisThread)
    {
        // Called by the thread that serves all connections, which wakes another one for it in any case.
        if (!onThisThread && PollThread.IsCurrent && CallerThread.OfProcess.TryRelease(this, end)) return;
        _core.RunContinuationsAsynchronously = !onThisThread;
        _core.SetResult(end);
    }

    CallEnd IValueTaskSource<CallEnd>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<CallEnd>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<CallEnd>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
