using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>A4 and RULES 9.</summary>
public sealed class AbortTests
{
    [Fact]
    public void A4_AbortWhileOthersWait_AllFailAtOnceAndAreToldWhoAndWhy()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        Wait abort = group.Abort("b", "x", "the disk is full");
        Assert.Equal("the disk is full", a.FailedWith(SyncFailureKind.Aborted, "b").Reason);
        Assert.Equal(["a"], a.Failed.Arrived);
        Assert.Equal(["b", "c"], a.Failed.Missing.Select(each => each.Id));
        Assert.IsType<Withdrawn>(abort.Outcome);
    }

    [Fact]
    public void A4_MembersThatComeAfterTheAbort_AreToldOnceEach()
    {
        var group = new GroupDriver();
        group.Enter("a", "x");
        group.Abort("b", "x", "no");
        group.Enter("c", "x").FailedWith(SyncFailureKind.Aborted, "b");
        Assert.True(group.Enter("c", "x").IsOpen);
    }

    [Fact]
    public void Rule9_AbortBeforeAnybodyCame_BreaksTheNextGenerationForAll()
    {
        var group = new GroupDriver();
        group.Abort("b", "x", "no");
        Assert.Equal(1, group.Enter("a", "x").Generation);
        group.Enter("c", "x").FailedWith(SyncFailureKind.Aborted, "b");
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Fact]
    public void Rule9_AborterEntersAfterwards_OpensTheNextGeneration()
    {
        var group = new GroupDriver();
        group.Enter("a", "x");
        group.Abort("b", "x", "no");
        Wait b = group.Enter("b", "x");
        Assert.True(b.IsOpen);
        group.Enter("a", "x");
        Assert.Equal(2, group.Enter("c", "x").Generation);
        Assert.IsType<Released>(b.Outcome);
    }

    [Fact]
    public void Rule9_AborterWaitsItself_ItsWaitEndsTooAndItIsToldOnce()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Abort("a", "x", "changed my mind");
        a.FailedWith(SyncFailureKind.Aborted, "a");
        Assert.True(group.Enter("a", "x").IsOpen);
    }

    [Fact]
    public void Rule9_AbortAfterTheRelease_LeavesTheDecidedOneAlone()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Abort("b", "x", "too late");
        Assert.IsType<Released>(a.Outcome);
        Assert.IsType<Released>(group.Enter("a", "x").Outcome);
    }

    [Fact]
    public void Rule9_AbortByAStranger_IsRefusedAndHarmsNobody()
    {
        var group = new GroupDriver("a b s");
        Wait a = group.Enter("a", "x", "a b");
        group.Abort("s", "x", "boo", "a b s").FailedWith(SyncFailureKind.Refused);
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void Rule9_AborterGoneAndNobodyConnected_TheAbortIsStillKept()
    {
        var group = new GroupDriver("a");
        group.Abort("a", "x", "no", "a b");
        group.Depart("a");
        Assert.False(group.Coordinator.IsIdle);
        group.Join("b");
        group.Enter("b", "x", "a b").FailedWith(SyncFailureKind.Aborted, "a");
        group.Depart("b");
        Assert.True(group.Coordinator.IsIdle);
    }

    [Fact]
    public void Rule9_AbortWhileMembersAreEarly_EndsTheirWaits()
    {
        var group = new GroupDriver("a b m");
        Wait a = group.Enter("a", "x", "a m", EnterFlags.PartialRoster);
        group.Abort("b", "x", "no", "b m");
        a.FailedWith(SyncFailureKind.Aborted, "b");
        group.Enter("m", "x", "a b m").FailedWith(SyncFailureKind.Aborted, "b");
    }
}
