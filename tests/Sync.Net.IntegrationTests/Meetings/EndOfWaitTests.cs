using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Meetings;

/// <summary>How one member's timeout, cancellation or abort is seen by the others, across processes.</summary>
public sealed class EndOfWaitTests
{
    [Fact]
    public async Task A8_OneTimesOut_ItIsExactAndAllGetTheSame()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#never");

        PendingCall patient = barriers[0].Rendezvous(Lab.LongTimeout);
        PendingCall hasty = barriers[1].Rendezvous(TimeSpan.FromSeconds(2));
        FailedCall own = await hasty.FailureAsync();
        FailedCall other = await patient.FailureAsync();

        Assert.InRange(own.Failure.RanMs, 2000, 3000 + 1000);
        foreach (FailedCall failed in new[] { own, other })
        {
            failed.Is(SyncFailureKind.Timeout, members[1].Id).Says("server-up", "2 of 3", "127.0.0.1#never");
            Assert.Equal(members.Ids(), failed.Facts.Arrived);
            Assert.Equal(["127.0.0.1#never"], failed.Facts.Missing.Select(m => m.Id));
            Assert.Equal(MemberState.Absent, failed.Facts.Missing[0].State);
        }

        other.SoonAfter(own.At);
    }

    [Fact]
    public async Task Rule5_OneCancels_TheOthersWaitOnAndItMayComeAgain()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#03");
        PendingCall waits = barriers[0].Rendezvous(Lab.LongTimeout);
        PendingCall cancelled = barriers[1].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);

        await cancelled.CancelAsync();
        FailedCall failed = await cancelled.FailureAsync();
        PendingCall again = barriers[1].Rendezvous(Lab.LongTimeout);
        Member third = await lab.StartAsync("127.0.0.1#03", on: null);
        PendingCall last = (await third.BarrierAsync("server-up", [.. members.Ids(), third.Id])).Rendezvous(Lab.LongTimeout);
        MeetingFacts[] met = await new[] { waits, again, last }.MetAsync();

        Assert.Contains("Cancel", failed.Failure.Type, StringComparison.Ordinal);
        Assert.True(failed.Failure.OwnToken);
        Assert.Equal(1, met[0].Generation);
    }

    [Fact]
    public async Task Rule6_TryTimesOut_ItIsFalseAndTheOthersWaitOn()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#03");
        PendingCall waits = barriers[0].Rendezvous(Lab.LongTimeout);

        CallResult tried = await barriers[1].Try(TimeSpan.FromMilliseconds(500)).ResultAsync();
        PendingCall again = barriers[1].Rendezvous(Lab.LongTimeout);
        Member third = await lab.StartAsync("127.0.0.1#03", on: null);
        PendingCall last = (await third.BarrierAsync("server-up", [.. members.Ids(), third.Id])).Rendezvous(Lab.LongTimeout);

        Assert.False(tried.Met);
        await new[] { waits, again, last }.MetAsync();
    }

    [Fact]
    public async Task A4_OneAborts_AllFailAtOnceWithItsNameAndReason()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#never");
        PendingCall[] waits = barriers[..2].Rendezvous();
        await lab.ArrivedAsync(members[..2]);

        PendingCall abort = barriers[2].Abort("the disk is full");
        await abort.ResultAsync();
        FailedCall[] failed = await waits.FailedAsync();

        long aborted = await abort.EndedAtAsync();
        Assert.All(failed, f => f.Is(SyncFailureKind.Aborted, members[2].Id).Says("server-up", members[2].Id, "the disk is full").SoonAfter(aborted));
    }

    [Fact]
    public async Task A4_AbortBeforeAnybodyCame_BreaksTheNextGenerationAndTheOneAfterMeets()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");

        await barriers[0].Abort("no licence").ResultAsync();
        FailedCall failed = await barriers[1].Rendezvous(Lab.LongTimeout).FailureAsync();
        MeetingFacts[] met = await barriers.Rendezvous().MetAsync();

        failed.Is(SyncFailureKind.Aborted, members[0].Id).Says("no licence");
        Assert.Equal(2, met[0].Generation);
    }

    [Fact]
    public async Task A4_OneAbortsAnExchange_AllFailAtOnce()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteData[] data = await members.DataAsync("setup");
        PendingCall[] waits = [data[0].Sync("zero", Lab.LongTimeout), data[1].Read(Lab.LongTimeout)];
        await lab.ArrivedAsync(members[..2]);

        await data[2].Abort("no address").ResultAsync();

        Assert.All(await waits.FailedAsync(), f => f.Is(SyncFailureKind.Aborted, members[2].Id).Says("setup", "no address"));
    }
}
