using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Groups;

/// <summary>Groups of processes that do what they are to do.</summary>
public sealed class FlowTests
{
    [Fact]
    public async Task L5_FlowOfLavasManual_ServerClientAndObserver()
    {
        await using GroupLab lab = await GroupLab.StartAsync();

        // The client waits before the server is ready, the observer waits for all from the beginning.
        PendingCall clientWaits = lab.Client.Wait("server-ready");
        PendingCall serverWaits = lab.Server.WaitAll("client-done", "client");
        PendingCall observerWaits = lab.Observer.WaitAll("done");
        PendingCall observed = lab.Observer.Sync("finished");
        await lab.Client.ArrivedAsync();
        Assert.False(clientWaits.HasEnded);

        await lab.Server.SendMessage("server-ready", ("server-ip", "10.0.0.1"), ("free-space", "12 GB = a lot * \\ >")).ResultAsync();
        MessageFacts ready = Assert.Single((await clientWaits.ResultAsync()).Messages!);
        Assert.Equal((GroupLab.ServerId, "server"), (ready.Sender, ready.Role));
        Assert.Equal("10.0.0.1", ready.Data["server-ip"]);
        Assert.Equal("12 GB = a lot * \\ >", ready.Data["free-space"]);
        Assert.False(serverWaits.HasEnded);

        await lab.Client.SendMessage("client-done", ("result", "1024 MB/s")).ResultAsync();
        MessageFacts done = Assert.Single((await serverWaits.ResultAsync()).Messages!);
        Assert.Equal((GroupLab.ClientId, "1024 MB/s"), (done.Sender, done.Data["result"]));

        PendingCall[] synced = [lab.Server.Sync("finished", ("by", "server")), lab.Client.Sync("finished", ("by", "client")), observed];
        foreach (PendingCall each in synced)
        {
            CallResult all = await each.ResultAsync();
            Assert.Equal([GroupLab.ServerId, GroupLab.ClientId, GroupLab.ObserverId], all.Messages!.Select(m => m.Sender).Order(StringComparer.Ordinal));
        }

        foreach ((RemoteGroup side, string name) in new[] { (lab.Server, "s"), (lab.Client, "c"), (lab.Observer, "o") })
        {
            Assert.False(observerWaits.HasEnded);
            await side.SendMessage("done", ("by", name)).ResultAsync();
        }
        IReadOnlyList<MessageFacts> seen = (await observerWaits.ResultAsync()).Messages!;
        Assert.Equal(["s", "c", "o"], seen.Select(m => m.Data["by"]));

        // The client may look up later what was sent before.
        Assert.Equal(ready.Data, (await lab.Observer.Wait("server-ready").ResultAsync()).Messages![0].Data);
    }

    [Fact]
    public async Task L7_SeatsByRole_OneServerAndThreeClientsMeetThoughNobodyKnewTheirIds()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync([.. Enumerable.Range(0, 4).Select(i => $"127.0.0.1#{Guid.NewGuid():N}")]);
        RemoteServer server = await members[0].ServerAsync();
        OptionFacts declared = new() { Endpoint = server.Endpoint, Seats = new Dictionary<string, int> { ["server"] = 1, ["client"] = 3 } };
        RemoteGroup[] sides = await Task.WhenAll(members.Select((m, i) => m.With(declared with { Role = i == 0 ? "server" : "client" }).JoinAsync()));

        await sides[0].WaitForMembers().ResultAsync();
        PendingCall clients = sides[0].WaitAll("up", "client");
        foreach (RemoteGroup side in sides[1..]) await side.SendMessage("up").ResultAsync();

        Assert.Equal(members[1..].Ids().Order(StringComparer.Ordinal), (await clients.ResultAsync()).Messages!.Select(m => m.Sender).Order(StringComparer.Ordinal));
        await sides.Select(side => side.Barrier("start")).ToArray().MetAsync();
        PendingCall[] counted = [sides[0].Initialize("emulab", 3), .. sides[1..].Select((side, i) => side.Count("emulab", code: i))];
        foreach (PendingCall each in counted) Assert.Equal(2, (await each.ResultAsync()).Code);

        Member fifth = (await lab.StartAsync("127.0.0.1#fifth", on: null)).With(declared with { Role = "client" });
        FailedCall full = await fifth.Process
            .Send(new Command { Id = 0, Op = Ops.Group, Target = "fifth", HostId = fifth.Id, Options = fifth.Options }).FailureAsync();
        full.Is(SyncFailureKind.Refused).Says("all seats of that role are taken");
    }
}
