using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Meetings;

/// <summary>The master dials members that listen (autotest's rendezvous_servers).</summary>
public sealed class ReverseDirectionTests
{
    [Fact]
    public async Task A3_MasterDialsMembersOnTheirHosts_AllMeet()
    {
        await using Lab lab = new();
        string[] ids = Lab.ManyHosts(3);
        Member[] members = await lab.StartAsync(ids);

        MeetingFacts[] met = await (await CallAsync(members[0], members[1..])).MetAsync();

        Assert.All(met, m => Assert.Equal(3, m.Count));
        Assert.Equal(members[0].Id, met[0].Master);
    }

    [Fact]
    public async Task A3_MembersOfOneHost_AreToldApartByTheirEndpoints()
    {
        await using Lab lab = new()
        {
            Options = new OptionFacts
            {
                Endpoints = new Dictionary<string, string>
                {
                    ["127.0.0.1#a"] = $"127.0.0.1:{Ports.Free()}",
                    ["127.0.0.1#b"] = $"127.0.0.1:{Ports.Free()}",
                },
            },
        };
        Member[] members = await lab.StartAsync("controller", "127.0.0.1#a", "127.0.0.1#b");

        await (await CallAsync(members[0], members[1..])).MetAsync();
    }

    [Fact]
    public async Task A3_MembersThatNameTheirPort_AreDialledThere()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync("controller", $"127.0.0.1:{Ports.Free()}", $"127.0.0.1:{Ports.Free()}#b");

        await (await CallAsync(members[0], members[1..])).MetAsync();
    }

    [Fact]
    public async Task A3_MasterBeforeTheMembers_DialsUntilTheyListen()
    {
        await using Lab lab = new();
        string[] ids = Lab.ManyHosts(2);
        Member master = await lab.StartAsync(ids[0], on: null);
        RemoteBarrier calling = await master.BarrierAsync("profilers");
        PendingCall calls = calling.RendezvousServers(ids[0], ids[1..], Lab.LongTimeout);
        await calls.StartedAsync();

        Member member = await lab.StartAsync(ids[1], on: null);
        RemoteBarrier listening = await member.BarrierAsync("profilers");
        PendingCall listens = listening.RendezvousServers(ids[0], [member.Id], Lab.LongTimeout);

        await new[] { calls, listens }.MetAsync();
    }

    [Fact]
    public async Task A3_OneMemberIsKilled_TheOthersFailAtOnceWithItsName()
    {
        await using Lab lab = new();
        string[] ids = Lab.ManyHosts(4);
        Member[] members = await lab.StartAsync(ids[..3]);
        RemoteBarrier[] barriers = await Task.WhenAll(members.Select(m => m.BarrierAsync("profilers")));

        // A first meeting of the three shows that all are connected; the second needs a fourth, who never comes.
        await Task.WhenAll((await CallAsync(members[0], members[1..])).Select(c => c.ResultAsync()));
        PendingCall[] waits =
        [
            barriers[0].RendezvousServers(ids[0], ids[1..], Lab.LongTimeout),
            barriers[1].RendezvousServers(ids[0], [ids[1]], Lab.LongTimeout),
        ];
        await Task.WhenAll(waits.Select(w => w.StartedAsync()));
        long killed = await members[2].Process.KillAsync();

        Assert.All(await waits.FailedAsync(), f => f.Is(SyncFailureKind.MemberLost, members[2].Id).Says(members[2].Id).SoonAfter(killed));
    }

    private static async Task<PendingCall[]> CallAsync(Member master, Member[] members)
    {
        RemoteBarrier calling = await master.BarrierAsync("profilers-up");
        RemoteBarrier[] listening = await Task.WhenAll(members.Select(m => m.BarrierAsync("profilers-up")));
        return
        [
            calling.RendezvousServers(master.Id, members.Ids(), Lab.LongTimeout),
            .. listening.Select(l => l.RendezvousServers(master.Id, [l.Member.Id], Lab.LongTimeout)),
        ];
    }
}
