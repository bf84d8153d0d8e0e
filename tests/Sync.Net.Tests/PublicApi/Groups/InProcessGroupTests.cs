using Microsoft.Extensions.Time.Testing;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>A whole group in one process, in virtual time.</summary>
public sealed class InProcessGroupTests : BoundedTest
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Barrier_AllCome_AllGoOn()
    {
        await using var group = new InProcessGroup(["a", "b"], _time);
        Task<RendezvousResult> a = group["a"].Barrier("start").RendezvousAsync(Token);
        Assert.False(a.IsCompleted);
        Task<RendezvousResult> b = group["b"].Barrier("start").RendezvousAsync(Token);
        Assert.Equal(2, (await a).Count);
        Assert.Equal("b", (await b).Straggler);
    }

    [Fact]
    public async Task Wait_TimeMovesRightAfterTheCall_TimesOutNamingNobodyFalsely()
    {
        await using var group = new InProcessGroup(["a", "b"], _time);
        Task<SyncMessages> wait = group["a"].WaitAsync("ready", TimeSpan.FromSeconds(5), cancellationToken: Token);
        _time.Advance(TimeSpan.FromSeconds(5));
        SyncTimeoutException e = await Assert.ThrowsAsync<SyncTimeoutException>(() => wait);
        Assert.Equal("ready", e.Failure.Session);
    }

    [Fact]
    public async Task Messages_SentBefore_AreThere()
    {
        await using var group = new InProcessGroup(["a", "b"], _time);
        await group["a"].SendAsync("ready", new Dictionary<string, string> { ["free-space"] = "12 GB = a lot" }, cancellationToken: Token);
        _time.Advance(TimeSpan.FromSeconds(3));
        SyncMessages ready = await group["b"].WaitAsync("ready", Token);
        Assert.Equal("12 GB = a lot", ready.Latest!["free-space"]);
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(3), ready.Latest.SentAt);
    }

    [Fact]
    public async Task Kill_OthersWait_FailsThemAtOnceAndRestartComesBack()
    {
        await using var group = new InProcessGroup(["a", "b"], _time);
        Task<RendezvousResult> a = group["a"].Barrier("start").RendezvousAsync(Token);
        group.Kill("b");
        SyncException e = await Assert.ThrowsAsync<SyncException>(() => a);
        Assert.Equal(SyncFailureKind.MemberLost, e.Failure.Kind);
        Assert.Equal("b", e.Failure.Culprit);

        group.Restart("b");
        Task<RendezvousResult> again = group["a"].Barrier("start").RendezvousAsync(Token);
        Task<RendezvousResult> b = group["b"].Barrier("start").RendezvousAsync(Token);
        Assert.Equal(2, (await again).Count);
        Assert.Equal(2, (await b).Generation);
    }

    [Fact]
    public async Task Members_ComeGoAndDie_IsToldAtOnce()
    {
        await using var group = new InProcessGroup(["a", "b", "c"], _time);
        Assert.All(group["a"].Members, member => Assert.Equal(MemberState.Joined, member.State));
        await group["b"].LeaveAsync(Token);
        group.Kill("c");
        Assert.Equal([MemberState.Joined, MemberState.Left, MemberState.Lost], group["a"].Members.Select(member => member.State));
    }
}
