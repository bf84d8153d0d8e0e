using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Faults;

public sealed class KilledMemberTests
{
    [Fact]
    public async Task X6_MemberKilledWhileOthersWait_AllFailAtOnceWithItsName()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#never");
        PendingCall[] waits = barriers.Rendezvous();
        await lab.ArrivedAsync(members);

        long killed = await members[2].Process.KillAsync();
        FailedCall[] failed = await waits[..2].FailedAsync();

        foreach (FailedCall f in failed)
        {
            f.Is(SyncFailureKind.MemberLost, members[2].Id).SoonAfter(killed);
            f.Says("server-up", members[2].Id, "lost", "127.0.0.1#never");
            Assert.Equal(1, f.Facts.Generation);
            Assert.Equal([.. members.Ids(), "127.0.0.1#never"], f.Facts.Expected);
            Assert.Contains("127.0.0.1#never", f.Facts.Missing.Select(m => m.Id));
            Assert.False(f.Facts.Undecided);
        }
    }

    [Fact]
    public async Task X6_MemberKilledBeforeItArrived_AllFailAtOnceAndSayWhereItWasLastSeen()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        await (await members.BarriersAsync("disk-ready")).Rendezvous().MetAsync();
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[..2].Rendezvous();
        await lab.ArrivedAsync(members[..2]);

        long killed = await members[2].Process.KillAsync();
        FailedCall[] failed = await waits.FailedAsync();

        foreach (FailedCall f in failed)
        {
            f.Is(SyncFailureKind.MemberLost, members[2].Id).SoonAfter(killed).Says("2 of 3", members[2].Id, "last seen", "disk-ready");
            MissingFacts missing = Assert.Single(f.Facts.Missing);
            Assert.Equal((members[2].Id, MemberState.Lost, "disk-ready"), (missing.Id, missing.State, missing.LastSeenIn));
            Assert.NotNull(missing.LastSeenAgoMs);
        }
    }

    [Fact]
    public async Task X6_NeededMemberIsGoneBeforeTheSessionBegins_EnteringFailsAtOnce()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        await (await members.BarriersAsync("disk-ready")).Rendezvous().MetAsync();
        await members[2].Process.KillAsync();
        await members[0].KnowsAsLostAsync(members[2]);

        RemoteBarrier[] barriers = await members[..2].BarriersAsync("server-up", members[2].Id);
        FailedCall first = await barriers[0].Rendezvous(Lab.LongTimeout).FailureAsync();
        FailedCall second = await barriers[1].Rendezvous(Lab.LongTimeout).FailureAsync();

        first.Is(SyncFailureKind.MemberLost, members[2].Id).Says("server-up", members[2].Id);
        second.Is(SyncFailureKind.MemberLost, members[2].Id);
        Assert.Equal(first.Facts.Generation, second.Facts.Generation);
        Assert.True(first.Failure.RanMs < 5000);
    }

    [Fact]
    public async Task B4_MemberKilledAfterItGave_TheOthersStillGetAllOfIt()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteData[] data = await members.DataAsync("setup");
        data[2].Sync("last will", Lab.LongTimeout);
        await lab.ArrivedAsync(members[2], members[0]);
        await members[2].Process.KillAsync();
        await members[0].KnowsAsLostAsync(members[2]);

        PendingCall[] calls = [data[0].Sync("zero"), data[1].Sync("one")];
        MeetingFacts[] met = await calls.MetAsync();

        foreach (PendingCall call in calls)
        {
            CallResult result = await call.ResultAsync();
            Assert.Equal("last will", result.Values![members[2].Id]);
            Assert.Equal(3, result.Values.Count);
        }

        foreach (MeetingFacts m in met)
        {
            LossFacts loss = Assert.Single(m.Lost);
            Assert.Equal(members[2].Id, loss.Member);
            Assert.NotEmpty(loss.Reason);
        }

        await members[0].Process.LoggedAsync("Warning", members[2].Id);
    }

    [Fact]
    public async Task B4_MemberKilledBeforeItGave_AllFailAtOnceWithItsName()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteData[] data = await members.DataAsync("setup");
        PendingCall[] waits = [data[0].Sync("zero", Lab.LongTimeout), data[1].Read(Lab.LongTimeout)];
        await lab.ArrivedAsync(members[1..]);
        await lab.ArrivedAsync(members[..2]);

        long killed = await members[2].Process.KillAsync();

        Assert.All(await waits.FailedAsync(), f => f.Is(SyncFailureKind.MemberLost, members[2].Id).Says("setup", members[2].Id).SoonAfter(killed));
    }

    [Fact]
    public async Task Rule7_WaitForReturn_KilledMemberIsWaitedForUntilItIsBack()
    {
        await using Lab lab = new();
        Member[] members = [.. (await lab.StartAsync(Lab.OneHost(3))).Select(m => m.With(lab.Options with { WaitForReturn = true }))];
        RemoteBarrier[] barriers = await members.BarriersAsync("rebooted");
        PendingCall[] waits = barriers[..2].Rendezvous();
        await lab.ArrivedAsync(members);
        await members[2].Process.KillAsync();

        Member back = (await lab.StartAsync(members[2].Id, on: null)).With(members[2].Options);
        PendingCall returns = (await back.BarrierAsync("rebooted", members.Ids())).Rendezvous(Lab.LongTimeout);

        await waits.Append(returns).MetAsync();
    }
}
