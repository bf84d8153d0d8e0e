using System.Globalization;
using Sync.Net.IntegrationTests.Cli;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Crowds;

/// <summary>Many members in the tests' own process, and their server in another.</summary>
public sealed class SharedConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Member_AloneInItsProcess_HasAConnectionOfItsOwn()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await using LanelessProxy proxy = new(Endpoint(lab));
        await using SyncGroup alone = await SyncGroup.JoinAsync(new SyncOptions { Endpoint = proxy.Endpoint, Member = "m" }, Token);

        await alone.SendAsync("here", Token);

        // It did not even ask for lanes.
        Assert.Equal((1, 0), (proxy.Relayed, proxy.Refused));
    }

    [Fact]
    public async Task Members_Thousand_MeetOverTwoConnections()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await using var crowd = new Crowd(Endpoint(lab), 1000);

        for (int round = 1; round <= 3; round++) await crowd.MeetAsync();

        Assert.Equal(2, ServerConnections.CountOf(Port(lab)));
    }

    [Fact]
    public async Task Members_ServerThatTakesNoLanes_MeetOverConnectionsOfTheirOwn()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await using LanelessProxy proxy = new(Endpoint(lab));
        await using var crowd = new Crowd(proxy.Endpoint, 10);

        await crowd.MeetAsync();

        Assert.Equal((10, 1), (proxy.Relayed, proxy.Refused));
    }

    [Fact]
    public async Task Rule2_ServerKilled_AllMembersAreToldThatItIsLost()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await using var crowd = new Crowd(Endpoint(lab), 20);
        await crowd.MeetAsync();
        Task<RendezvousResult>[] waits = [.. crowd.Barriers[1..].Select(barrier => barrier.RendezvousAsync(Token))];
        // Goes last, and not before the others have come.
        await using var late = new Barrier("m00", "late", Lab.LongTimeout, ["m00", "m19"], crowd.Options);
        await using var lateToo = new Barrier("m19", "late", Lab.LongTimeout, ["m00", "m19"], crowd.Options);
        await Task.WhenAll(late.RendezvousAsync(Token), lateToo.RendezvousAsync(Token)).Within(Bounded.Limit, what: "two of the members");

        Signals.Kill(lab.Server.Pid);

        foreach (Task<RendezvousResult> wait in waits)
        {
            SyncException failure = await Assert.ThrowsAsync<SyncException>(() => wait.Within(Bounded.Limit, what: "the end of a wait"));
            Assert.Equal(SyncFailureKind.ServerLost, failure.Failure.Kind);
        }
    }

    [Fact]
    public async Task Members_ServerRestarted_ComeBackAndMeetAgain()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await using var crowd = new Crowd(Endpoint(lab), 50);
        await crowd.MeetAsync();

        Signals.Kill(lab.Server.Pid);
        await lab.StartNextServerAsync();
        await crowd.MeetAsync();

        Assert.Equal(2, ServerConnections.CountOf(Port(lab)));
    }

    [Fact]
    public async Task X6_ProcessOfManyMembersKilled_AllOfThemAreLostByName()
    {
        await using Lab lab = new();
        Member[] processes = await lab.StartAsync(Lab.OneHost(2));
        Member observer = processes[0];
        Member[] members = [processes[1], .. Enumerable.Range(3, 4).Select(i => processes[1].Beside($"127.0.0.1#{i:00}"))];
        string[] all = [observer.Id, .. members.Select(member => member.Id)];
        PendingCall[] ready = [.. (await Task.WhenAll(members.Prepend(observer).Select(each => each.BarrierAsync("ready", all)))).Select(each => each.Rendezvous())];
        foreach (PendingCall each in ready) await each.ResultAsync();
        Assert.Equal(2, ServerConnections.CountOf(lab.Options.Port!.Value));
        PendingCall[] waits =
        [
            .. (await Task.WhenAll(members.Select(member => observer.BarrierAsync($"with-{member.Id[^2..]}", [observer.Id, member.Id]))))
                .Select(barrier => barrier.Rendezvous()),
        ];
        foreach (PendingCall wait in waits) await wait.StartedAsync();

        long killed = await processes[1].Process.KillAsync();

        for (int i = 0; i < waits.Length; i++) (await waits[i].FailureAsync()).Is(SyncFailureKind.MemberLost, members[i].Id).SoonAfter(killed);
    }

    [Fact]
    public async Task Continuation_OfOneMemberBlocks_TheOthersGoOn()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await using var crowd = new Crowd(Endpoint(lab), 4);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Bounded.Limit);
        for (int blocking = 0; blocking < crowd.Barriers.Length; blocking++)
        {
            // Whoever's release comes with, before or after the others': it holds its thread until all of those were released.
            using var others = new CountdownEvent(crowd.Barriers.Length - 1);
            await Task.WhenAll(crowd.Barriers.Select((barrier, i) => MeetAsync(barrier, i == blocking, others, bound.Token)));
        }

        static async Task MeetAsync(Barrier barrier, bool blocks, CountdownEvent others, CancellationToken token)
        {
            await barrier.RendezvousAsync(token).ConfigureAwait(false);
            if (blocks) others.Wait(token);
            else others.Signal();
        }
    }

    private static string Endpoint(ToolLab lab) => lab.Variables["SYNC_NET_ENDPOINT"]!;

    private static int Port(ToolLab lab) => int.Parse(Endpoint(lab).Split(':')[^1], CultureInfo.InvariantCulture);
}
