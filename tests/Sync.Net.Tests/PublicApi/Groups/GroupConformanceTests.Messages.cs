namespace Sync.Net.Tests.PublicApi.Groups;

// LAVA's messages.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task L2_Send_WaitsForNobodyAndStaysForTheGroupsLife()
    {
        SyncGroup a = await JoinAsync("a", "a b c");
        SyncGroup c = await JoinAsync("c", "a b c");
        await a.SendAsync("ready", Map(("ip", "10.0.0.1")), cancellationToken: Token);
        await LeaveAsync(a, witness: c);

        SyncGroup b = await JoinAsync("b", "a b c");

        Assert.Equal("10.0.0.1", (await b.WaitAsync("ready", Token)).Latest!["ip"]);
        Assert.Equal("10.0.0.1", (await c.WaitAsync("ready", Token)).Latest!["ip"]);
    }

    [Fact]
    public async Task L3_Wait_IsMetByAnyMemberAndGivesAllSoFar()
    {
        SyncGroup[] m = await JoinAllAsync("a=server b=client c");
        Task<SyncMessages> early = m[0].WaitAsync("up", Token);
        await SettleAsync(m[0]);
        await m[1].SendAsync("up", Map(("n", "1")), cancellationToken: Token);
        Assert.Equal(["b"], Senders(await early));

        await m[2].SendAsync("up", Token);
        await m[1].SendAsync("up", Map(("n", "2")), cancellationToken: Token);
        SyncMessages all = await m[0].WaitAsync("up", Token);

        Assert.Equal("up", all.Id);
        Assert.Equal(["b", "c", "b"], Senders(all));
        Assert.Equal([1L, 2L, 3L], all.Select(message => message.Number));
        Assert.Equal(["client", null, "client"], all.Select(message => message.SenderRole));
        Assert.Equal([true, false, true], all.Select(message => message.HasData));
        Assert.Equal("2", all.LatestBySender["b"]["n"]);
        Assert.Equal("2", all.Latest!["n"]);
        Assert.True(all[0].SentAt <= all[2].SentAt);
    }

    [Fact]
    public async Task L3_Wait_OtherId_IsNotMet()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[1].SendAsync("up", Token);
        await FailureAsync(m[0].WaitAsync("down", TimeSpan.Zero, cancellationToken: Token), SyncFailureKind.Timeout, "a");
    }

    [Fact]
    public async Task Rule14_OwnSend_CountsForWaitUnlessItIsExcluded()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[0].SendAsync("up", Token);
        Assert.Equal(["a"], Senders(await m[0].WaitAsync("up", Token)));

        Task<SyncMessages> others = m[0].WaitAsync("up", null, includeSelf: false, Token);
        await SettleAsync(m[0]);
        Assert.False(others.IsCompleted);
        await m[1].SendAsync("up", Token);

        Assert.Equal(["b"], Senders(await others));
    }

    [Fact]
    public async Task Rule14_OwnSend_IsNeededForWaitAllUnlessItIsExcluded()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[1].SendAsync("up", Token);

        SyncFailure failure = await FailureAsync(m[0].WaitAllAsync("up", timeout: TimeSpan.Zero, cancellationToken: Token), SyncFailureKind.Timeout, "a");

        Assert.Equal(["a"], failure.Missing.Select(member => member.Id));
        Assert.Contains("only your own send is missing", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(["b"], Senders(await m[0].WaitAllAsync("up", null, null, includeSelf: false, Token)));
    }

    [Fact]
    public async Task L4_WaitAll_NeedsEveryMember()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<SyncMessages> all = m[0].WaitAllAsync("done", Token);
        await m[1].SendAsync("done", Map(("b", "1")), cancellationToken: Token);
        await m[1].SendAsync("done", Token);
        await m[0].SendAsync("done", Token);
        await SettleAsync(m[0]);
        Assert.False(all.IsCompleted);

        await m[2].SendAsync("done", Map(("c", "1")), cancellationToken: Token);

        Assert.Equal(["a", "b", "b", "c"], Senders(await all).Order());
    }

    [Fact]
    public async Task L4_WaitAllOfARole_NeedsEveryMemberOfItAndBringsWhatOthersSent()
    {
        SyncGroup[] m = await JoinAllAsync("s=server c1=client c2=client");
        Task<SyncMessages> all = m[0].WaitAllAsync("done", "client", cancellationToken: Token);
        await m[0].SendAsync("done", Map(("by", "server")), cancellationToken: Token);
        await m[1].SendAsync("done", Token);
        await SettleAsync(m[0]);
        Assert.False(all.IsCompleted);

        await m[2].SendAsync("done", Token);

        SyncMessages done = await all;
        Assert.Equal(["c1", "c2", "s"], Senders(done).Order());
        Assert.Equal("server", done.LatestBySender["s"]["by"]);
    }

    [Fact]
    public async Task L4_UnknownRole_IsTheCallersErrorAtOnceAndHarmsNobody()
    {
        SyncGroup[] m = await JoinAllAsync("s=server c=client");

        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => m[0].WaitAllAsync("done", "cleint", cancellationToken: Token));

        Assert.Contains("'cleint'", e.Message, StringComparison.Ordinal);
        Assert.Contains("client", e.Message, StringComparison.Ordinal);
        await m[1].SendAsync("done", Token);
        Assert.Single(await m[0].WaitAllAsync("done", "client", cancellationToken: Token));
    }

    [Fact]
    public async Task L4_WaitAllBeforeAnySend_IsNoError()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<SyncMessages>[] all = [m[0].WaitAllAsync("x", Token), m[1].WaitAllAsync("x", Token)];
        await SettleAsync(m);

        await m[0].SendAsync("x", Token);
        await m[1].SendAsync("x", Token);

        Assert.All(await AllAsync(all), messages => Assert.Equal(2, messages.Count));
    }

    [Fact]
    public async Task L4_WaitAllOfNamedMembers_NeedsJustThem()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<SyncMessages> both = m[0].WaitAllAsync("x", ["b"], Token);
        await m[1].SendAsync("x", Token);
        Assert.Equal(["b"], Senders(await both));

        SyncFailure failure = await FailureAsync(m[0].WaitAllAsync("x", ["nobody"], Token), SyncFailureKind.Refused);
        Assert.Contains("nobody", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L9_DelayedStart_RoleGoesOnWhenAnotherSaysSo()
    {
        SyncGroup[] m = await JoinAllAsync("s=server c1=client c2=client");
        Task<SyncMessages>[] clients = [m[1].WaitAsync("start", Token), m[2].WaitAsync("start", Token)];
        await SettleAsync(m);
        Assert.All(clients, client => Assert.False(client.IsCompleted));

        await m[0].SendAsync("start", Map(("port", "80")), cancellationToken: Token);

        Assert.All(await AllAsync(clients), start => Assert.Equal("80", start.Latest!["port"]));
    }

    [Fact]
    public async Task Peek_LooksWithoutWaiting()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Assert.Empty(await m[0].PeekAsync("x", Token));
        Assert.Null((await m[0].PeekAsync("x", Token)).Latest);
        await m[1].SendAsync("x", Token);
        Assert.Equal(["b"], Senders(await m[0].PeekAsync("x", Token)));
        Assert.Equal(["b"], Senders(await m[0].WaitNewAsync("x", Token)));
    }

    [Fact]
    public async Task WaitNew_InALoop_GivesEachMessageOnceAndInOrder()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        var got = new List<string>();
        for (int i = 1; i <= 3; i++)
        {
            Task<SyncMessages> news = m[0].WaitNewAsync("n", Token);
            await SettleAsync(m[0]);
            Assert.False(news.IsCompleted);
            await m[1].SendAsync("n", Map(("i", $"{i}")), cancellationToken: Token);
            got.AddRange((await news).Select(message => message["i"]));
        }
        await m[1].SendAsync("n", Map(("i", "4")), cancellationToken: Token);
        await m[1].SendAsync("n", Map(("i", "5")), cancellationToken: Token);
        got.AddRange((await m[0].WaitNewAsync("n", Token)).Select(message => message["i"]));

        Assert.Equal(["1", "2", "3", "4", "5"], got);
        Assert.Equal(5, (await m[1].WaitNewAsync("n", Token)).Count);
        await FailureAsync(m[0].WaitNewAsync("n", TimeSpan.Zero, cancellationToken: Token), SyncFailureKind.Timeout, "a");
    }
}
