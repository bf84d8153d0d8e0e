using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Faults;

/// <summary>The same id again: a restarted member, and two processes that both believe to be it.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A7_RestartedMember_TakesItsSeatAgain()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        await barriers.Rendezvous().MetAsync();

        // Its next request acknowledges the release, which would be told again to its successor otherwise.
        await lab.ArrivedAsync(members[2], members[0]);
        await members[2].Process.KillAsync();
        Member again = await lab.StartAsync(members[2].Id, on: null);
        int logged = members[0].Process.Log.Count;
        PendingCall third = (await again.BarrierAsync("server-up", members.Ids())).Rendezvous(Lab.LongTimeout);

        // Whoever enters while it is still lost fails; so the others wait until it is back.
        await members[0].Process.LoggedSinceAsync(logged, "Connected", again.Id);
        MeetingFacts[] met = await barriers[..2].Rendezvous().Append(third).MetAsync();

        Assert.Equal(2, met[0].Generation);
    }

    [Fact]
    public async Task X5_MemberKilledWhileWaiting_LearnsTheOutcomeAfterItsRestartAndMeetsInTheNext()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[1..].Rendezvous();
        await lab.ArrivedAsync(members);
        await members[2].Process.KillAsync();
        (await waits[0].FailureAsync()).Is(SyncFailureKind.MemberLost, members[2].Id);

        Member again = await lab.StartAsync(members[2].Id, on: null);
        RemoteBarrier third = await again.BarrierAsync("server-up", members.Ids());
        FailedCall missed = await third.Rendezvous(Lab.LongTimeout).FailureAsync();
        FailedCall master = await barriers[0].Rendezvous(Lab.LongTimeout).FailureAsync();
        MeetingFacts[] met = await barriers[..2].Append(third).Rendezvous().MetAsync();

        Assert.All([missed, master], f => f.Is(SyncFailureKind.MemberLost, members[2].Id));
        Assert.Equal((1, 1), (missed.Facts.Generation, master.Facts.Generation));
        Assert.Equal(2, met[0].Generation);
    }

    [Fact]
    public async Task A6_SecondLiveProcessOfAnId_IsRefusedAndTheFirstIsUnharmed()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall waits = barriers[1].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);

        Member twin = await lab.StartAsync(members[1].Id, on: null);
        FailedCall refused = await (await twin.BarrierAsync("server-up", members.Ids())).Rendezvous(Lab.LongTimeout).FailureAsync();
        PendingCall master = barriers[0].Rendezvous(Lab.LongTimeout);

        refused.Is(SyncFailureKind.Refused, refused.Facts.Culprit).Says("another live process", members[1].Id, "a tag of its own", "group", "port");
        Assert.True(refused.Failure.RanMs < 10_000);
        await new[] { waits, master }.MetAsync();
    }

    [Fact]
    public async Task Rule8_SecondProcessOfAnIdWhoseFirstDoesNotAnswer_TakesTheSeatAndTheFirstIsRefusedForEver()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall old = barriers[1].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);
        await members[1].Process.StopAsync();

        Member successor = await lab.StartAsync(members[1].Id, on: null);
        RemoteBarrier barrier = await successor.BarrierAsync("server-up", members.Ids());
        FailedCall missed = await barrier.Rendezvous(Lab.LongTimeout).FailureAsync();
        missed.Is(SyncFailureKind.MemberLost, members[1].Id);
        FailedCall master = await barriers[0].Rendezvous(Lab.LongTimeout).FailureAsync();
        members[1].Process.Continue();
        FailedCall replaced = await old.FailureAsync();
        MeetingFacts[] met = await new[] { barriers[0], barrier }.Rendezvous().MetAsync();

        master.Is(SyncFailureKind.MemberLost, members[1].Id);
        replaced.Is(SyncFailureKind.ServerLost).Says("another start", "undecided");
        Assert.Equal(2, met[0].Generation);
        (await barriers[1].Rendezvous(Lab.LongTimeout).FailureAsync()).Is(SyncFailureKind.Refused).Says("newer start");
    }
}
