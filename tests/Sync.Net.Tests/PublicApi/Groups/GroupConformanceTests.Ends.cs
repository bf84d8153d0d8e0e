namespace Sync.Net.Tests.PublicApi.Groups;

// How waits end that are not met.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task X6_NeededMemberDies_WaitsForItFailAtOnceAndOthersGoOn()
    {
        SyncGroup[] m = await JoinAllAsync("a=server b=client c=client");
        Task<SyncMessages> all = m[0].WaitAllAsync("x", Token);
        Task<SyncMessages> role = m[0].WaitAllAsync("y", "client", cancellationToken: Token);
        Task<SyncMessages> any = m[0].WaitAsync("z", Token);
        Task state = m[0].WaitForStatesAsync(["up"], ["b"], Token);
        await SettleAsync(m[0]);

        await KillAsync(m[1], witness: m[2]);

        foreach (Task wait in new Task[] { all, role, state }) await FailureAsync(wait, SyncFailureKind.MemberLost, "b");
        await FailureAsync(m[0].WaitAllAsync("later", Token), SyncFailureKind.MemberLost, "b");
        await m[2].SendAsync("z", Token);
        await any;
    }

    [Fact]
    public async Task X6_NeededMemberLeft_WaitsForItFailAtOnceUnlessItHadSent()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[1].SendAsync("sent", Token);
        Task<SyncMessages> sent = m[0].WaitAllAsync("sent", Token);
        Task<SyncMessages> never = m[0].WaitAllAsync("never", Token);
        await SettleAsync(m[0]);

        await LeaveAsync(m[1], witness: m[2]);

        await FailureAsync(never, SyncFailureKind.MemberLeft, "b");
        Assert.False(sent.IsCompleted);
        await m[0].SendAsync("sent", Token);
        await m[2].SendAsync("sent", Token);
        Assert.Equal(3, (await sent).Count);
    }

    [Fact]
    public async Task X6_LastOneWhoCouldSendIsGone_WaitForAnyFailsAtOnce()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<SyncMessages> wait = m[0].WaitAsync("x", null, includeSelf: false, Token);
        await SettleAsync(m[0]);
        await KillAsync(m[1], witness: m[2]);
        Assert.False(wait.IsCompleted);
        await EndProcessAsync(m[2]);

        await FailureAsync(wait, SyncFailureKind.MemberLost, "c");
    }

    [Fact]
    public async Task Rule9_Fail_EndsEveryWaitForTheMemberNowAndLaterWithTheReason()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<SyncMessages> wait = m[0].WaitAllAsync("x", Token);
        Task<RendezvousResult> barrier = m[0].Barrier("x").RendezvousAsync(Token);
        await SettleAsync(m[0]);

        await m[1].FailAsync("the disk\nis full", Token);

        foreach (Task each in new Task[] { wait, barrier, m[2].WaitAllAsync("x", Token), m[2].Barrier("y").RendezvousAsync(Token), m[2].WaitForMembersAsync(Token) })
        {
            SyncFailure failure = await FailureAsync(each, SyncFailureKind.MemberFailed, "b");
            Assert.Contains("is full", failure.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal("b", Assert.Single((await FailureAsync(m[2].WaitForMembersAsync(Token))).Missing, member => member.State == MemberState.Failed).Id);
    }

    [Fact]
    public async Task Rule9_AbortOfTheGroup_EndsAllPresentWaitsAndNoLaterOnes()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task[] waits = [m[0].WaitAsync("x", Token), m[0].SyncAsync("s", Token), m[1].CountedBarrier().WaitAsync(Token), m[1].WaitForStatesAsync(["up"], ["a"], Token)];
        await SettleAsync(m);

        await m[2].AbortAsync("wrong build", Token);

        foreach (Task wait in waits) Assert.Equal("wrong build", (await FailureAsync(wait, SyncFailureKind.Aborted, "c")).Reason);
        await m[1].SendAsync("x", Token);
        await m[0].WaitAsync("x", Token);
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("dies")]
    public async Task L8_EssentialMemberFailsOrDies_TheGroupIsOverNowAndLater(string how)
    {
        SyncGroup[] m = await JoinAllAsync("s=server c=client d=client !server");
        Task<SyncMessages> unrelated = m[1].WaitAllAsync("x", ["d"], Token);
        await SettleAsync(m[1]);
        SyncFailureKind kind = how == "dies" ? SyncFailureKind.MemberLost : SyncFailureKind.MemberFailed;

        if (how == "dies") await EndProcessAsync(m[0]);
        else await m[0].FailAsync("no power", Token);

        SyncFailure failure = await FailureAsync(unrelated, kind, "s");
        Assert.Contains("server is essential", failure.Reason, StringComparison.Ordinal);
        foreach (Task later in new Task[] { m[2].SendAsync("x", Token), m[2].WaitAsync("x", Token), m[2].CountedBarrier().WaitAsync(1, Token), m[2].SetStateAsync("up", Token) })
        {
            await FailureAsync(later, kind, "s");
        }
    }

    [Fact]
    public async Task L8_OthersFailOrAnEssentialOneLeaves_TheGroupGoesOn()
    {
        SyncGroup[] m = await JoinAllAsync("s=server c=client d=client !server");
        await m[1].FailAsync("no power", Token);
        await m[0].SendAsync("x", Token);
        await LeaveAsync(m[0], witness: m[2]);
        await m[2].WaitAsync("x", Token);
    }

    [Fact]
    public async Task L11_Timeout_IsPerCallAndNamesWhoIsMissing()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[1].SendAsync("x", Token);
        Task<SyncMessages> patient = m[1].WaitAllAsync("x", Token);

        SyncFailure failure = await FailureAsync(m[0].WaitAllAsync("x", timeout: TimeSpan.Zero, cancellationToken: Token), SyncFailureKind.Timeout, "a");

        Assert.Equal(("x", "a"), (failure.Session, failure.Self));
        Assert.Equal(["a", "b", "c"], failure.Expected);
        Assert.Equal(["b"], failure.Arrived);
        Assert.Equal(["a", "c"], failure.Missing.Select(member => member.Id));
        Assert.False(patient.IsCompleted);
        await m[0].SendAsync("x", Token);
        await m[2].SendAsync("x", Token);
        await patient;
    }

    [Fact]
    public async Task L12_ZeroTimeout_IsJudgedOnceAndMayBeMet()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[1].SendAsync("x", Token);
        Assert.Single(await m[0].WaitAsync("x", TimeSpan.Zero, cancellationToken: Token));
        Assert.Single(await m[0].WaitAllAsync("x", null, TimeSpan.Zero, includeSelf: false, Token));
        Assert.Equal(2, (await m[0].SyncAsync("x", null, TimeSpan.Zero, Token)).Count);
    }

    [Fact]
    public async Task X1_Cancelled_CarriesTheCallersTokenAndHarmsNobody()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        using var cancel = new CancellationTokenSource();
        Task<SyncMessages> cancelled = m[0].WaitAsync("x", cancel.Token);
        Task<SyncMessages> other = m[0].WaitAsync("x", Token);
        await SettleAsync(m[0]);
        await cancel.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Token));

        Assert.Equal(cancel.Token, e.CancellationToken);
        await m[1].SendAsync("x", Token);
        await other;
    }

    [Fact]
    public async Task X1_Left_OpenAndLaterCallsOfTheMemberAreDisposed()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<SyncMessages> open = m[0].WaitAsync("x", Token);
        Task<CountedResult> count = m[0].CountedBarrier().WaitAsync(Token);

        await m[0].LeaveAsync(Token);

        foreach (Func<Task> call in new[] { () => open, () => count, () => m[0].SendAsync("x", Token), () => m[0].CountedBarrier().ClearAsync(Token) })
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(call);
        }
        await m[0].LeaveAsync(Token);
        Assert.False(m[0].ConnectionLost.IsCancellationRequested);
    }
}
