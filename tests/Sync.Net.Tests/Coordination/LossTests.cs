using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>A7, X6, RULES 7.</summary>
public sealed class LossTests
{
    [Fact]
    public void A7_MemberThatHasNotComeDies_TheWaitersFailAtOnceWithItsName()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        group.Lose("c", "its process ended");
        MemberFact missing = a.FailedWith(SyncFailureKind.MemberLost, "c").Missing[^1];
        Assert.Equal(("c", MemberState.Lost), (missing.Id, missing.State));
    }

    [Fact]
    public void A7_OneDeath_EndsEverySessionThatNeedsTheMember()
    {
        var group = new GroupDriver();
        Wait x = group.Enter("a", "x");
        Wait y = group.Give("a", "y", "1", "a c");
        Wait other = group.Enter("b", "z", "a b");
        group.Lose("c");
        x.FailedWith(SyncFailureKind.MemberLost, "c");
        y.FailedWith(SyncFailureKind.MemberLost, "c");
        Assert.True(other.IsOpen);
    }

    [Fact]
    public void X6_NeededMemberDiedBeforeTheSessionBegan_EntersFailAtOnce()
    {
        var group = new GroupDriver();
        group.Lose("c");
        group.Enter("a", "x").FailedWith(SyncFailureKind.MemberLost, "c");
        group.Enter("b", "x").FailedWith(SyncFailureKind.MemberLost, "c");
    }

    [Fact]
    public void X6_NeededMemberLeftBeforeTheSessionBegan_EntersFailAtOnce()
    {
        var group = new GroupDriver();
        group.Leave("c");
        group.Enter("a", "x").FailedWith(SyncFailureKind.MemberLeft, "c");
    }

    [Fact]
    public void Rule7_NeverCame_IsWaitedFor()
    {
        var group = new GroupDriver("a");
        Assert.True(group.Enter("a", "x", "a b").IsOpen);
    }

    [Fact]
    public void Rule7_Disposed_IsWaitedForAsBeforeItsFirstCall()
    {
        var group = new GroupDriver("a b");
        Wait b = group.Enter("b", "x");
        group.Depart("b");
        Assert.IsType<Withdrawn>(b.Outcome);
        Wait a = group.Enter("a", "x");
        Assert.True(a.IsOpen);
        group.Join("b");
        group.Enter("b", "x");
        Assert.Equal(1, a.Generation);
    }

    [Fact]
    public void A10_OneDisposesServerUpWhileTheOtherWaitsInTestDone_NobodyFails()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "server-up");
        group.Enter("b", "server-up");
        Wait a = group.Enter("a", "test-done");
        group.Depart("b");
        Assert.True(a.IsOpen);
        group.Join("b");
        group.Enter("b", "test-done");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule7_Silent_IsAwayAndNotLost()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Silence("b", 10);
        Assert.True(a.IsOpen);
        group.Hear("b");
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule7_SilentForTooLong_IsLostWithTheTimeItWasReallySeen()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Advance(10);
        group.Silence("b", 10);
        group.Advance(5);
        group.Lose("b", "silent for 15 s");
        MemberFact missing = Assert.Single(a.FailedWith(SyncFailureKind.MemberLost, "b").Missing);
        Assert.Equal(TimeSpan.FromSeconds(15), missing.LastSeenAgo);
    }

    [Fact]
    public void A7_RestartedMember_TakesItsSeatAgain()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Lose("b");
        a.FailedWith(SyncFailureKind.MemberLost);
        group.Restart("b");
        a = group.Enter("a", "x");
        group.Enter("b", "x");
        Assert.Equal(2, a.Generation);
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule4_LostMemberReturns_IsToldOnceWhatBrokeWithoutIt()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x");
        group.Lose("b");
        group.Reconnect("b");
        group.Enter("b", "x").FailedWith(SyncFailureKind.MemberLost, "b");
        Assert.True(group.Enter("b", "x").IsOpen);
    }

    [Fact]
    public void Rule7_WaitForReturn_EnteredWhileAMemberIsLost_Waits()
    {
        var group = new GroupDriver("a b");
        group.Lose("b");
        Wait a = group.Enter("a", "x", flags: EnterFlags.WaitForReturn);
        Assert.True(a.IsOpen);
        group.Restart("b");
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule7_WaitForReturn_WaitingMemberDies_ItsArrivalIsUndone()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x", flags: EnterFlags.WaitForReturn);
        Wait b = group.Enter("b", "x", flags: EnterFlags.WaitForReturn);
        group.Lose("b");
        group.Enter("c", "x", flags: EnterFlags.WaitForReturn);
        Assert.True(a.IsOpen);
        group.Return("b", b);
        b.Answers.Clear();
        group.Resend(b);
        b.FailedWith(SyncFailureKind.MemberLost, "b");
        group.Enter("b", "x");
        Assert.Equal(1, a.Generation);
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule7_OneDoesNotWaitForReturn_AllFail()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x", flags: EnterFlags.WaitForReturn);
        group.Lose("c");
        Assert.True(a.IsOpen);
        group.Enter("b", "x");
        a.FailedWith(SyncFailureKind.MemberLost, "c");
    }

    [Fact]
    public void Rule7_TheOneThatWouldNotWaitWithdraws_TheOthersWaitForTheReturn()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x", flags: EnterFlags.WaitForReturn);
        group.Cancel(group.Enter("b", "x"));
        group.Lose("c");
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void X2_OldConnectionClosesLate_DoesNotEvictTheNewOne()
    {
        var group = new GroupDriver("a b");
        long old = group.LinkOf("b");
        Wait a = group.Enter("a", "x");
        group.Reconnect("b");
        group.Disconnect(old);
        Assert.True(a.IsOpen);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }
}
