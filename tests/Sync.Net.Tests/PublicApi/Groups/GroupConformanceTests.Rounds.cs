namespace Sync.Net.Tests.PublicApi.Groups;

// LAVA's sync, in rounds (RULES 13).
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task L5_Sync_IsMetWhenAllHaveComeAndGivesEveryonesData()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<SyncMessages> a = m[0].SyncAsync("go", Map(("a", "1")), cancellationToken: Token);
        Task<SyncMessages> b = m[1].SyncAsync("go", Token);
        await SettleAsync(m);
        Assert.False(a.IsCompleted || b.IsCompleted);

        Task<SyncMessages> c = m[2].SyncAsync("go", Map(("c", "3")), cancellationToken: Token);

        Assert.All(await AllAsync(a, b, c), all => Assert.Equal(["a", "b", "c"], Senders(all).Order()));
        Assert.Equal("3", (await a).LatestBySender["c"]["c"]);
    }

    [Fact]
    public async Task L5_SyncInALoop_NobodyGetsThroughAlone()
    {
        SyncGroup[] m = await JoinAllAsync("fast slow");
        for (int i = 1; i <= 5; i++)
        {
            Task<SyncMessages> fast = m[0].SyncAsync("tick", Token);
            await SettleAsync(m[0]);
            Assert.False(fast.IsCompleted);
            Task<SyncMessages> slow = m[1].SyncAsync("tick", Token);
            await AllAsync(fast, slow);
        }
        Assert.Equal(10, (await m[0].PeekAsync("tick", Token)).Count);
    }

    [Fact]
    public async Task Rule13_Send_ContributesToTheRoundOnce()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[0].SendAsync("go", Token);
        await m[0].SendAsync("go", Token);
        await m[1].SyncAsync("go", Token);

        Task<SyncMessages> second = m[1].SyncAsync("go", Token);
        await SettleAsync(m[1]);
        Assert.False(second.IsCompleted);

        await m[0].SyncAsync("go", Token);
        await m[0].SyncAsync("go", Token);
        await second;
    }

    [Fact]
    public async Task Rule13_FailedSync_EntersTheSameRoundAgain()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        SyncFailure failure = await FailureAsync(m[0].SyncAsync("go", null, TimeSpan.Zero, Token), SyncFailureKind.Timeout, "a");
        Assert.Equal(("a", "b"), (Assert.Single(failure.Arrived), Assert.Single(failure.Missing).Id));

        Task<SyncMessages> again = m[0].SyncAsync("go", Token);
        await SettleAsync(m[0]);
        Assert.False(again.IsCompleted);
        await AllAsync(again, m[1].SyncAsync("go", Token));

        Task<SyncMessages> next = m[1].SyncAsync("go", Token);
        await SettleAsync(m[1]);
        Assert.False(next.IsCompleted);
        await AllAsync(next, m[0].SyncAsync("go", Token));
    }

    [Fact]
    public async Task Rule5_CancelledSync_LeavesItsContribution()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        using var cancel = new CancellationTokenSource();
        Task<SyncMessages> a = m[0].SyncAsync("go", null, null, cancel.Token);
        await SettleAsync(m[0]);
        await cancel.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => a.WaitAsync(Token));
        Assert.Equal(cancel.Token, e.CancellationToken);

        Assert.Equal(2, (await m[1].SyncAsync("go", Token)).Count);
    }

    [Fact]
    public async Task L5_SyncTwiceAtOnce_IsTheCallersError()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<SyncMessages> first = m[0].SyncAsync("go", Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => m[0].SyncAsync("go", Token).WaitAsync(Token));

        await AllAsync(first, m[1].SyncAsync("go", Token));
    }

    [Fact]
    public async Task X6_MemberOfTheRoundDies_SyncFailsAtOnceUnlessItHadContributed()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[2].SendAsync("given", Token);
        Task<SyncMessages> given = m[0].SyncAsync("given", Token);
        Task<SyncMessages> missing = m[1].SyncAsync("missing", Token);
        await SettleAsync(m);

        await KillAsync(m[2], witness: m[0]);

        await FailureAsync(missing, SyncFailureKind.MemberLost, "c");
        Assert.False(given.IsCompleted);
        await AllAsync(given, m[1].SyncAsync("given", Token));
    }
}
