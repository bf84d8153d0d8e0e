using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>The barrier's row of RULES 5, and RULES 6 for barriers.</summary>
public sealed class BarrierEndTests
{
    [Fact]
    public void Rule5_Timeout_BreaksTheGenerationForAll()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        Wait b = group.Enter("b", "x");
        group.TimeOut(a, 120);
        Assert.Equal("a gave up after 00:02:00", b.FailedWith(SyncFailureKind.Timeout, "a").Reason);
        Assert.Same(b.Failed, a.Failed);
    }

    [Fact]
    public void Rule5_TimeoutBrokeIt_TheLateMemberIsToldOnceAndThenWaitsForTheNext()
    {
        var group = new GroupDriver("a b");
        group.TimeOut(group.Enter("a", "x"), 1);
        Assert.Equal(1, group.Enter("b", "x").Generation);
        Wait b = group.Enter("b", "x");
        Assert.True(b.IsOpen);
        group.Enter("a", "x");
        Assert.Equal(2, b.Generation);
    }

    [Fact]
    public void Rule5_Cancel_WithdrawsTheArrivalAndLetsItEnterTheSameGenerationAgain()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Cancel(a);
        Assert.IsType<Withdrawn>(a.Outcome);
        Assert.Equal(0, a.Generation);
        Wait b = group.Enter("b", "x");
        Assert.True(b.IsOpen);
        Assert.Equal(1, group.Enter("a", "x").Generation);
        Assert.IsType<Released>(b.Outcome);
    }

    [Fact]
    public void Rule5_LastWaiterCancels_TheRosterIsFreeAgain()
    {
        var group = new GroupDriver("a b");
        group.Cancel(group.Enter("a", "x", "a b"));
        Assert.Equal(0, group.Coordinator.KeptRounds);
        Assert.True(group.Enter("a", "x", "a b c").IsOpen);
    }

    [Fact]
    public void Rule5_WaitingMemberDies_BreaksItForAll()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Lose("b", "its process ended");
        Assert.Equal("its process ended", a.FailedWith(SyncFailureKind.MemberLost, "b").Reason);
    }

    [Fact]
    public void Rule5_WaitingMemberLeaves_BreaksItForAll()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        Wait b = group.Enter("b", "x");
        group.Leave("b");
        a.FailedWith(SyncFailureKind.MemberLeft, "b");
        Assert.IsType<Withdrawn>(b.Outcome);
    }

    [Fact]
    public void Rule6_TryTimesOut_NobodyElseIsHarmed()
    {
        var group = new GroupDriver("a b");
        Wait b = group.Enter("b", "x");
        Wait a = group.Enter("a", "x");
        Assert.IsType<Released>(a.Outcome);
        b = group.Enter("b", "x");
        group.GiveUpQuietly(b);
        Assert.Equal(0, b.Generation);
        b.FailedWith(SyncFailureKind.Timeout, "b");
        Assert.True(group.Enter("a", "x").IsOpen);
    }

    [Fact]
    public void Rule6_TryTimesOutAmongWaiters_TheyWaitOn()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        Wait b = group.Enter("b", "x");
        group.GiveUpQuietly(b);
        Assert.True(a.IsOpen);
        group.Enter("c", "x");
        Assert.True(a.IsOpen);
        group.Enter("b", "x");
        Assert.Equal(1, a.Generation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rule6_ZeroTimeout_IsJudgedOnceAfterContributing(bool isLast)
    {
        var group = new GroupDriver("a b");
        if (isLast) group.Enter("b", "x");
        Wait a = group.Enter("a", "x");
        group.TimeOut(a);
        Assert.Equal(isLast, a.Outcome is Released);
    }

    [Fact]
    public void Rule6_DeadlineAfterTheRelease_TheReleaseStands()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.TimeOut(a);
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule6_CancelAfterTheRelease_TheReleaseStands()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Cancel(a);
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule6_TimeoutsDiffer_TheShortestEndsItForAll()
    {
        var group = new GroupDriver();
        Wait patient = group.Enter("a", "x");
        group.Advance(5);
        group.TimeOut(group.Enter("b", "x"), 1);
        Assert.Equal("b gave up after 00:00:01", patient.FailedWith(SyncFailureKind.Timeout, "b").Reason);
    }

    [Fact]
    public void X4_Timeout_NamesArrivedAndAllMissingWithWhenAndWhereLastSeen()
    {
        var group = new GroupDriver("a b d");
        group.TimeOut(group.Enter("b", "disk-ready", "b"));
        group.Advance(40);
        group.Silence("d", 12);
        Wait a = group.Enter("a", "x", "a b c d");
        group.TimeOut(a, 1);
        Assert.Equal(["a", "b", "c", "d"], a.Failed.Expected);
        Assert.Equal(["a"], a.Failed.Arrived);
        Assert.Equal(
            [
                new MemberFact("b", null, MemberState.Joined, TimeSpan.FromSeconds(41), "disk-ready"),
                new MemberFact("c", null, MemberState.Absent, null, null),
                new MemberFact("d", null, MemberState.Away, TimeSpan.FromSeconds(13), null),
            ],
            a.Failed.Missing);
    }
}
