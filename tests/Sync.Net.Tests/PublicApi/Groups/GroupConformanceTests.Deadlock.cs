namespace Sync.Net.Tests.PublicApi.Groups;

// Waits that nobody can meet any more, and hints at what is not certain.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task X8_EverybodyWaitsForAnother_AllAreToldTheCycleAtOnce()
    {
        SyncGroup[] m = await JoinAllAsync("server client1", oneWaitAtATime: true);
        Task<SyncMessages> client = m[1].WaitAllAsync("disk", ["server"], Token);
        await SettleAsync(m[1]);
        Assert.False(client.IsCompleted);

        Task<SyncMessages> server = m[0].WaitAllAsync("net", ["client1"], Token);

        foreach (Task wait in new Task[] { client, server })
        {
            SyncFailure failure = await FailureAsync(wait, SyncFailureKind.Deadlock);
            Assert.Contains("client1 waits in 'disk' for server", failure.Reason, StringComparison.Ordinal);
            Assert.Contains("server waits in 'net' for client1", failure.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task X8_OverKindsOfWaits_IsToldToAll()
    {
        SyncGroup[] m = await JoinAllAsync("a b c d", oneWaitAtATime: true);
        Task[] waits =
        [
            m[0].Barrier("x", ["a", "b"]).RendezvousAsync(Token), m[1].CountedBarrier("y").WaitAsync(2, Token),
            m[2].WaitForStatesAsync(["up"], ["d"], Token), m[3].SyncAsync("z", Token),
        ];

        foreach (Task wait in waits) await FailureAsync(wait, SyncFailureKind.Deadlock);
    }

    [Fact]
    public async Task Rule19_SomebodyHasNotComeOrStillRuns_IsNoVerdict()
    {
        SyncOptions declared = Declared("a b c", oneWaitAtATime: true);
        SyncGroup a = await JoinAsync("a", declared);
        SyncGroup b = await JoinAsync("b", declared);
        Task<SyncMessages>[] waits = [a.WaitAsync("x", null, includeSelf: false, Token), b.WaitAllAsync("y", ["a"], Token)];
        await SettleAsync(a, b);
        SyncGroup c = await JoinAsync("c", declared);
        await SettleAsync(a, b);
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        await c.SendAsync("x", Token);
        await waits[0];
        await a.SendAsync("y", Token);
        await waits[1];
    }

    [Fact]
    public async Task Rule19_WithoutThePromise_IsNoVerdictButAHint()
    {
        SyncGroup[] m = await JoinAllAsync("server client1");
        Task<SyncMessages> client = m[1].WaitAllAsync("disk", ["server"], Token);
        await SettleAsync(m[1]);

        SyncFailure server = await FailureAsync(m[0].WaitAllAsync("net", ["client1"], TimeSpan.Zero, Token), SyncFailureKind.Timeout, "server");

        Assert.Contains("client1 waits in", server.Hint, StringComparison.Ordinal);
        Assert.Contains("'disk'", server.Hint, StringComparison.Ordinal);
        Assert.False(client.IsCompleted);
        await m[0].SendAsync("disk", Token);
        await client;
    }

    [Fact]
    public async Task X8_NearMissOfAnId_IsHintedAt()
    {
        SyncGroup[] m = await JoinAllAsync("server client1");
        await m[0].SendAsync("server_up", Token);

        SyncFailure failure = await FailureAsync(m[1].WaitAsync("Server-Up", TimeSpan.Zero, cancellationToken: Token), SyncFailureKind.Timeout, "client1");

        Assert.Contains("client1 waits for 'Server-Up', server sent 'server_up'", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule11_SameNameInAnotherKind_IsAnotherSessionAndAHint()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<CountedResult> count = m[1].CountedBarrier("start").WaitAsync(2, Token);
        await SettleAsync(m[1]);

        SyncFailure failure = await FailureAsync(m[0].Barrier("start").RendezvousAsync(TimeSpan.Zero, Token), SyncFailureKind.Timeout, "a");

        Assert.Contains("b waits in", failure.Hint, StringComparison.Ordinal);
        Assert.False(count.IsCompleted);
    }

    [Fact]
    public async Task X3_FailedBarrier_IsTheSameGenerationAndCauseForAll()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<RendezvousResult>[] waits = [m[0].Barrier("x").RendezvousAsync(Token), m[1].Barrier("x").RendezvousAsync(Token)];
        await SettleAsync(m);

        await EndProcessAsync(m[2]);

        foreach (Task wait in waits) Assert.Equal(1, (await FailureAsync(wait, SyncFailureKind.MemberLost, "c")).Generation);
    }

    [Fact]
    public async Task X4_Failure_SaysWhoArrivedWhoIsMissingAndWhereEachWasLastSeen()
    {
        SyncGroup[] m = await JoinAllAsync("a b=client c d");
        await m[1].SendAsync("disk-ready", Token);
        await KillAsync(m[1], witness: m[3]);

        SyncFailure failure = await FailureAsync(m[0].SyncAsync("net-ready", Token), SyncFailureKind.MemberLost, "b");

        Assert.Equal("a", Assert.Single(failure.Arrived));
        GroupMember missing = failure.Missing[0];
        Assert.Equal(("b", "client", MemberState.Lost, "disk-ready"), (missing.Id, missing.Role, missing.State, missing.LastSeenIn));
        Assert.NotNull(missing.LastSeenAgo);
        Assert.NotNull(failure.Reason);
    }

    [Fact]
    public async Task X5_WhatWasSent_IsThereForWhoComesBack()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[0].SendAsync("x", Token);
        await KillAsync(m[1], witness: m[2]);

        SyncGroup again = await JoinAsync("b", "a b c");

        Assert.Equal("a", (await again.WaitAsync("x", Token)).Latest!.Sender);
        await again.SendAsync("x", Token);
        Assert.Equal(["a", "b"], Senders(await m[2].WaitAllAsync("x", ["a", "b"], Token)));
    }

    [Fact]
    public async Task X7_SameNameAgain_IsTheNextGenerationAndADeadStragglerDoesNotOpenIt()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await AllAsync([.. m.Select(each => each.Barrier("x").RendezvousAsync(Token))]);
        _ = m[2].Barrier("x").RendezvousAsync(Token);
        await SettleAsync(m[2]);
        await KillAsync(m[2], witness: m[0]);
        SyncGroup again = await JoinAsync("c", "a b c");
        // The broken generation is told once to each who has not heard of it.
        foreach (SyncGroup each in new[] { m[0], m[1], again })
        {
            Assert.Equal(2, (await FailureAsync(each.Barrier("x").RendezvousAsync(Token), SyncFailureKind.MemberLost, "c")).Generation);
        }

        RendezvousResult[] met = await AllAsync([.. new[] { m[0], m[1], again }.Select(each => each.Barrier("x").RendezvousAsync(Token))]);

        Assert.All(met, each => Assert.Equal((3L, 3), (each.Generation, each.Count)));
    }

    [Fact]
    public async Task X2_SecondProcessOfALiveId_IsRefusedAndHarmsNobody()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<SyncMessages> wait = m[1].WaitAllAsync("x", Token);
        await SettleAsync(m[1]);
        SyncOptions twin = await TwinOfAsync(m[1]);

        SyncFailure failure = await FailureAsync(SyncGroup.JoinAsync(twin, Token), SyncFailureKind.Refused);

        Assert.Contains("another live process is member b", failure.Reason, StringComparison.Ordinal);
        await m[0].SendAsync("x", Token);
        await m[1].SendAsync("x", Token);
        Assert.Equal(2, (await wait).Count);
    }

    /// <summary>Options of another process that uses the id of a member that lives.</summary>
    private protected abstract Task<SyncOptions> TwinOfAsync(SyncGroup member);
}
