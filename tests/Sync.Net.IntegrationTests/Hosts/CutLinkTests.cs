using System.Diagnostics;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Hosts;

/// <summary>The network between two hosts goes, and comes back.</summary>
public sealed class CutLinkTests
{
    private static OptionFacts Options => Impatient.With(new OptionFacts { Key = "the key of these two hosts" });

    [Fact]
    public async Task Rule7_LinkCutForGood_EachSideLosesTheOtherAfterHeartbeatTimeoutAndWindow()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = Options };
        Member[] members = await StartAsync(lab, network);
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", $"{network.Hosts[1].V4}#never");
        PendingCall[] waits = barriers.Rendezvous();
        await lab.ArrivedAsync(members);

        long cut = Stopwatch.GetTimestamp();
        await network.CutAsync(network.Hosts[1]);
        FailedCall[] near = await waits[..2].FailedAsync();
        FailedCall far = await waits[2].FailureAsync();

        Assert.All(near, f => f.Is(SyncFailureKind.MemberLost, members[2].Id).Says("server-up", members[2].Id, "silent"));
        far.Is(SyncFailureKind.ServerLost).Says("server-up", "undecided", network.Hosts[0].V4);
        Assert.All(near.Append(far), f => f.NotBefore(Impatient.Lost, cut).Within(Impatient.LostAtLast, cut));
    }

    [Fact]
    public async Task X5_LinkBackAfterTheWindow_TheCutOffMemberLearnsTheOutcomeAndMeetsInTheNext()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = Options };
        Member[] members = await StartAsync(lab, network);
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[1..].Rendezvous();
        await lab.ArrivedAsync(members);
        await network.CutAsync(network.Hosts[1]);
        FailedCall near = await waits[0].FailureAsync();
        (await waits[1].FailureAsync()).Is(SyncFailureKind.ServerLost);

        await network.MendAsync(network.Hosts[1]);
        FailedCall learned = await barriers[2].Rendezvous(Lab.LongTimeout).FailureAsync();
        FailedCall master = await barriers[0].Rendezvous(Lab.LongTimeout).FailureAsync();
        MeetingFacts[] met = await barriers.Rendezvous().MetAsync();

        Assert.All([near, learned, master], f => f.Is(SyncFailureKind.MemberLost, members[2].Id));
        Assert.All([near, learned, master], f => Assert.Equal(1, f.Facts.Generation));
        Assert.Equal(2, met[0].Generation);
    }

    [Fact]
    public async Task Rule7_LinkBackInsideTheWindow_NobodyFailsAndTheWaitGoesOn()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = Options with { ReconnectWindowMs = 60_000 } };
        Member[] members = await StartAsync(lab, network);
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[1..].Rendezvous();
        await lab.ArrivedAsync(members);

        await network.CutAsync(network.Hosts[1]);
        await members[0].Process.LoggedAsync(members[2].Id, "silent");
        await network.MendAsync(network.Hosts[1]);
        PendingCall master = barriers[0].Rendezvous(Lab.LongTimeout);

        MeetingFacts[] met = await waits.Append(master).MetAsync();
        Assert.Equal(1, met[0].Generation);
        Assert.Equal(3, met[0].Count);
    }

    [Fact]
    public async Task X5_ReleasedWhileTheLinkIsCut_TheCutOffMemberGetsTheReleaseAfterItsReturn()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = Options with { ReconnectWindowMs = 60_000 } };
        Member[] members = await StartAsync(lab, network);
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[1..].Rendezvous();
        await lab.ArrivedAsync(members);

        await network.CutAsync(network.Hosts[1]);
        PendingCall master = barriers[0].Rendezvous(Lab.LongTimeout);
        await waits[0].ResultAsync();
        await members[0].Process.LoggedAsync(members[2].Id, "silent");
        Assert.False(waits[1].HasEnded);
        await network.MendAsync(network.Hosts[1]);

        await waits.Append(master).MetAsync();
    }

    /// <summary>Two members on the first host, of which the first is the master, and one on the second.</summary>
    private static async Task<Member[]> StartAsync(Lab lab, NetworkLab network) => await Task.WhenAll(
        lab.StartAsync($"{network.Hosts[0].V4}#a", network.Hosts[0]),
        lab.StartAsync($"{network.Hosts[0].V4}#b", network.Hosts[0]),
        lab.StartAsync($"{network.Hosts[1].V4}#c", network.Hosts[1]));
}
