using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Faults;

public sealed class LostMasterTests
{
    [Fact]
    public async Task Rule2_MasterKilledWhileOthersWait_AllEndUndecidedAtOnce()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#never");
        RemoteData[] data = await members.DataAsync("setup");
        PendingCall[] waits = [.. barriers[1..].Rendezvous(), data[1].Sync("one", Lab.LongTimeout)];
        await lab.ArrivedAsync(members);

        long killed = await members[0].Process.KillAsync();
        FailedCall[] failed = await waits.FailedAsync();

        foreach (FailedCall f in failed)
        {
            f.Is(SyncFailureKind.ServerLost).SoonAfter(killed).Says("undecided", $"{lab.Options.Port}");
            Assert.True(f.Facts.Undecided);
            Assert.Contains($"{lab.Options.Port}", f.Facts.Endpoint, StringComparison.Ordinal);
        }

        failed[0].Says("server-up");
        failed[2].Says("setup");
    }

    [Fact]
    public async Task Rule2_MasterRestarted_NothingOfTheOldTermGoesOnAndTheNextMeetingTakesPlace()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall waits = barriers[1].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);
        await members[0].Process.KillAsync();
        (await waits.FailureAsync()).Is(SyncFailureKind.ServerLost);

        Member again = await lab.StartAsync(members[0].Id, on: null);
        PendingCall master = (await again.BarrierAsync("server-up", members.Ids())).Rendezvous(Lab.LongTimeout);
        PendingCall third = barriers[2].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[2], again);

        // The arrival of the old term would complete the meeting; it does not count.
        Assert.False(master.HasEnded);
        PendingCall second = barriers[1].Rendezvous(Lab.LongTimeout);
        await new[] { master, second, third }.MetAsync();
    }

    [Fact]
    public async Task Rule2_MasterKilledOnAnotherHost_AllEndUndecidedAtOnce()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.ManyHosts(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.99");
        PendingCall[] waits = barriers.Rendezvous();
        await lab.ArrivedAsync(members);

        long killed = await members[0].Process.KillAsync();

        Assert.All(await waits[1..].FailedAsync(), f => f.Is(SyncFailureKind.ServerLost).SoonAfter(killed).Says("server-up"));
    }
}
