using System.Diagnostics;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>A call of the library in a member's process.</summary>
internal sealed class PendingCall(MemberProcess member, long id, string op)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<MemberEvent> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Id => id;

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>The library has returned the call's task.</summary>
    public Task StartedAsync() => _started.Task.Within(Bounded.Limit, () => member.History, ToString());

    /// <summary>The call has returned normally.</summary>
    public Task<CallResult> ResultAsync() => ResultAsync(Bounded.Limit);

    public async Task<CallResult> ResultAsync(TimeSpan limit)
    {
        MemberEvent end = await EndAsync(limit);
        Assert.True(end.Failure is null, $"{this} failed: {end.Failure?.Type}: {end.Failure?.Message}\n{member.History}");
        return end.Result ?? throw new InvalidDataException($"{this} told no result.");
    }

    /// <summary>The call has thrown.</summary>
    public async Task<FailedCall> FailureAsync()
    {
        MemberEvent end = await EndAsync(Bounded.Limit);
        Assert.True(end.Failure is not null, $"{this} passed, and should have failed.\n{member.History}");
        return new FailedCall(end.Failure, end.At);
    }

    /// <summary>Cancels the call's token; returns when that is done, which is before the call's end is told.</summary>
    public Task CancelAsync() => member.Send(new Command { Id = 0, Op = Ops.Cancel, Call = id }).EndAsync(Bounded.Limit);

    /// <summary>When the call ended, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public async Task<long> EndedAtAsync() => (await EndAsync(Bounded.Limit)).At;

    public override string ToString() => $"call {id} ({op}) of {member.Name}";

    internal void OnEvent(MemberEvent e)
    {
        _started.TrySetResult();
        if (e.Kind is EventKind.Done or EventKind.Failed) _ended.TrySetResult(e);
    }

    internal void OnProcessEnded()
    {
        InvalidOperationException gone = new($"{member.Name} ended during {this}.");
        _started.TrySetException(gone);
        _ended.TrySetException(gone);

        // Nobody need ask what became of a call of a killed process.
        _ = _started.Task.Exception;
        _ = _ended.Task.Exception;
    }

    private Task<MemberEvent> EndAsync(TimeSpan limit) => _ended.Task.Within(limit, () => member.History, ToString());
}
