namespace Sync.Net.Tests.Objects;

/// <summary>X1, RULES 1 and 12: each way to fail is an error of its own, and none of them looks like a pass; and which of several counts.</summary>
public sealed class EndOfCallTests : ObjectTest
{
    [Fact]
    public async Task X1_Timeout_IsATimeoutException()
    {
        Barrier[] barriers = await OneProcessAsync(Three);
        Task<RendezvousResult> call = barriers[0].RendezvousAsync(TimeSpan.FromSeconds(5), Token);
        Time.Advance(TimeSpan.FromSeconds(5));

        var e = await Assert.ThrowsAsync<SyncTimeoutException>(() => call.WaitAsync(Token));

        Assert.IsAssignableFrom<TimeoutException>(e);
        Assert.Equal((SyncFailureKind.Timeout, false), (e.Failure.Kind, e.Failure.Undecided));
    }

    [Fact]
    public async Task X1_Abort_IsItsOwnKind()
    {
        Barrier[] barriers = await OneProcessAsync(Three);
        Task<RendezvousResult> call = barriers[0].RendezvousAsync(Token);

        await barriers[1].AbortAsync("the disk is full", cancellationToken: Token);

        SyncFailure failure = await FailureAsync(call);
        Assert.Equal((SyncFailureKind.Aborted, "h#2", "the disk is full"), (failure.Kind, failure.Culprit, failure.Reason));
    }

    [Fact]
    public async Task Rule12_MemberWithAnotherRoster_IsAMismatchForAll()
    {
        Barrier[] barriers = await OneProcessAsync(Three);
        Task<RendezvousResult> right = barriers[0].RendezvousAsync(Token);
        Task<RendezvousResult> wrong = barriers[1].RendezvousAsync(["h#1", "h#2"], Token);

        Assert.Equal((SyncFailureKind.Mismatch, "h#2"), ((await FailureAsync(right)).Kind, (await FailureAsync(right)).Culprit));
        Assert.Equal((SyncFailureKind.Mismatch, "h#2"), ((await FailureAsync(wrong)).Kind, (await FailureAsync(wrong)).Culprit));
    }

    [Fact]
    public async Task Rule12_Stranger_IsRefusedAlone()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        Task<RendezvousResult> waiting = MakeBarrier("h#1", "x", Two, Options(process), server: server).RendezvousAsync(Token);

        SyncFailure failure = await FailureAsync(
            MakeBarrier("h#3", "x", Three, Options(process), server: server).RendezvousAsync(Token));

        Assert.Equal(SyncFailureKind.Refused, failure.Kind);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task X1_MemberKilled_IsLostForTheOthersAtOnce()
    {
        (Barrier master, _, _, SimulatedProcess other) = await TwoProcessesAsync();
        Task<RendezvousResult> waiting = master.RendezvousAsync(Token);

        other.Kill();

        // The time stands still, so this has waited for nothing.
        SyncFailure failure = await FailureAsync(waiting);
        Assert.Equal((SyncFailureKind.MemberLost, "h#2", 2L), (failure.Kind, failure.Culprit, failure.Generation));
    }

    [Fact]
    public async Task Rule1_MasterKilled_IsUndecidedForTheOthersAndNeitherPassedNorFailed()
    {
        (_, Barrier barrier, SimulatedProcess master, _) = await TwoProcessesAsync();
        Task<RendezvousResult> waiting = barrier.RendezvousAsync(Token);

        master.Kill();
        SyncFailure failure = await FailureAsync(waiting);

        Assert.Equal((SyncFailureKind.ServerLost, true), (failure.Kind, failure.Undecided));
    }

    [Fact]
    public async Task X1_NoServerEver_IsATimeoutThatNamesTheMaster()
    {
        SimulatedProcess process = StartProcess();
        Task<RendezvousResult> waiting = MakeBarrier("h#2", "x", Two, Options(process), TimeSpan.FromSeconds(5)).RendezvousAsync(Token);
        await AdvanceUntilAsync(Task.WhenAny(waiting));

        var e = await Assert.ThrowsAsync<SyncTimeoutException>(() => waiting);

        Assert.Contains("h#1", e.Message, StringComparison.Ordinal);
        Assert.True(e.Failure.Elapsed >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task X1_Cancelled_CarriesTheCallersToken()
    {
        Barrier[] barriers = await OneProcessAsync(Two);
        using var mine = new CancellationTokenSource();
        Task<RendezvousResult> call = barriers[0].RendezvousAsync(mine.Token);

        await mine.CancelAsync();

        Assert.Equal(mine.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Token))).CancellationToken);
        Assert.Equal(
            mine.Token,
            (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => barriers[0].RendezvousAsync(mine.Token))).CancellationToken);
    }

    [Fact]
    public async Task X1_OwnDispose_IsObjectDisposedAndHarmsNobody()
    {
        Barrier[] barriers = await OneProcessAsync(Three);
        Task<RendezvousResult> call = barriers[0].RendezvousAsync(Token);
        Task<RendezvousResult> other = barriers[1].RendezvousAsync(Token);

        await barriers[0].DisposeAsync();

        Assert.Equal(typeof(Barrier).Name, (await Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(Token))).ObjectName);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => barriers[0].RendezvousAsync(Token));
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task X1_SecondCallOfAWaitingMember_IsMisuseAndTheFirstWaitsOn()
    {
        Barrier[] barriers = await OneProcessAsync(Two);
        Task<RendezvousResult> first = barriers[0].RendezvousAsync(Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => barriers[0].RendezvousAsync(Token).WaitAsync(Token));

        Assert.All(await AllAsync(first, barriers[1].RendezvousAsync(Token)), met => Assert.Equal(2, met.Count));
    }

    [Fact]
    public async Task X1_Try_IsFalseOnlyForItsTimeout()
    {
        Barrier[] barriers = await OneProcessAsync(Three);
        Task<bool> tried = barriers[0].TryRendezvousAsync(TimeSpan.FromSeconds(5), Token);
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await tried.WaitAsync(Token));

        Task<bool> again = barriers[0].TryRendezvousAsync(TimeSpan.FromSeconds(5), Token);
        await barriers[1].AbortAsync("no", cancellationToken: Token);
        Assert.Equal(SyncFailureKind.Aborted, (await FailureAsync(again)).Kind);

        using var mine = new CancellationTokenSource();
        Task<bool> third = barriers[0].TryRendezvousAsync(mine.Token);
        await mine.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third.WaitAsync(Token));
    }

    [Fact]
    public async Task X3_ReleasedAndThenCancelledAndDisposed_IsReleased()
    {
        Barrier[] barriers = await OneProcessAsync(Two);
        using var mine = new CancellationTokenSource();
        Task<RendezvousResult> first = barriers[0].RendezvousAsync(mine.Token);
        Task<RendezvousResult> last = barriers[1].RendezvousAsync(Token);
        await mine.CancelAsync();
        Time.Advance(TimeSpan.FromMinutes(2));
        foreach (Barrier barrier in barriers) await barrier.DisposeAsync();

        Assert.All(await AllAsync(first, last), met => Assert.Equal(1, met.Generation));
    }

    /// <summary>A barrier for each member of the roster, all in one process, where a call takes effect before it returns its task.</summary>
    private async Task<Barrier[]> OneProcessAsync(string[] roster)
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        return [.. roster.Select(id => MakeBarrier(id, "x", roster, Options(process), server: server))];
    }

    /// <summary>Two members that have met once; the first hosts the server.</summary>
    private async Task<(Barrier Master, Barrier Other, SimulatedProcess MastersProcess, SimulatedProcess OthersProcess)> TwoProcessesAsync()
    {
        SimulatedProcess[] processes = [StartProcess(), StartProcess()];
        Barrier[] barriers = [.. Two.Select((id, i) => MakeBarrier(id, "x", Two, Options(processes[i])))];
        await AllAsync([.. barriers.Select(b => b.RendezvousAsync(Token))]);
        return (barriers[0], barriers[1], processes[0], processes[1]);
    }
}
