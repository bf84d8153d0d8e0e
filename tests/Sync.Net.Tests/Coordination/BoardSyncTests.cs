using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>L5, RULES 13: sync goes in rounds.</summary>
public sealed class BoardSyncTests
{
    [Fact]
    public void L5_AllSync_AreReleasedTogetherWithOneOutcome()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait a = group.Sync("a", "x", "1"), b = group.Sync("b", "x", "2");
        Assert.True(a.IsOpen && b.IsOpen);
        Wait c = group.Sync("c", "x", "3");
        Assert.Equal("a=1 b=2 c=3", c.Data);
        Assert.Equal(3, c.Released.Count);
        Assert.Same(a.Outcome, b.Outcome);
        Assert.Same(a.Outcome, c.Outcome);
        Assert.Equal(1, a.Generation);
        Assert.All(group.History.Where(e => e.Kind == EffectKind.Answer && e.Session.Kind == SessionKind.Board), e => Assert.True(e.Shared));
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Fact]
    public void L5_SendContributes_AndItsSenderIsThroughAtOnceWhenItSyncs()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Send("b", "x", "1");
        Assert.Equal("b=1 a=2", group.Sync("a", "x", "2").Data);
        Wait next = group.Sync("a", "x", "3");
        Wait late = group.Sync("b", "x", "4");
        Assert.Equal((1, "b=1 a=2 a=3 b=4"), (late.Generation, late.Data));
        Assert.True(next.IsOpen);
        Assert.Equal(2, group.Sync("b", "x").Generation);
        Assert.Equal(2, next.Generation);
    }

    [Fact]
    public void L5_ASendCompletesTheRound_TheWaitersAreReleased()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait a = group.Sync("a", "x");
        group.Send("b", "x", "1");
        Assert.Equal("a=- b=1", a.Data);
    }

    [Fact]
    public void L5_AlsoMeetsWaitsForMessages()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait any = group.Receive("b", "x"), all = group.ReceiveAll("a", "x", roster: "a");
        group.Sync("a", "x", "1");
        Assert.Equal(("a=1", "a=1"), (any.Data, all.Data));
    }

    [Fact]
    public void L_FaultsNotInherited_AnIdReusedInALoop_NeverLetsTheFastNodeThroughAlone()
    {
        GroupDriver group = GroupDriver.Closed("fast slow");
        for (int round = 1; round <= 5; round++)
        {
            Wait fast = group.Sync("fast", "x");
            Assert.True(fast.IsOpen);
            group.Advance(100);
            Wait slow = group.Sync("slow", "x");
            Assert.Equal((round, round), (fast.Generation, slow.Generation));
            Assert.Same(fast.Outcome, slow.Outcome);
        }
    }

    [Fact]
    public void L_FaultsNotInherited_ASlowNodeThatHasNotHeardYet_IsNeitherPassedNorHung()
    {
        GroupDriver group = GroupDriver.Closed("fast slow");
        group.WithholdAcknowledgements("slow");
        for (int round = 1; round <= 5; round++)
        {
            Wait slow = group.Sync("slow", "x");
            group.Sync("fast", "x");
            Wait next = group.Sync("fast", "x");
            group.Send("slow", "x");
            Assert.True(next.IsOpen);
            group.Cancel(next);
            group.Acknowledge(slow);
        }
    }

    [Fact]
    public void Rule13_ManySendsInOneRound_ContributeOnce()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        for (int i = 0; i < 5; i++) group.Send("b", "x");
        Assert.Equal(1, group.Sync("a", "x").Generation);
        Wait a = group.Sync("a", "x");
        group.Send("b", "x");
        Assert.True(a.IsOpen);
        group.TimeOut(a, 30);
        Failed failed = a.FailedWith(SyncFailureKind.Timeout, "a");
        Assert.Equal("a", Assert.Single(failed.Arrived));
        Assert.Equal("b", Assert.Single(failed.Missing).Id);
        Assert.Contains("b has sent, but is still in round 1", failed.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TimedOut")]
    [InlineData("GaveUpQuietly")]
    [InlineData("Cancelled")]
    public void Rule13_AfterAFailedSync_TheContributionStaysAndTheSameRoundIsEnteredAgain(string reason)
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Withdraw(group.Sync("a", "x", "1"), Enum.Parse<WithdrawReason>(reason), 30);
        Assert.Equal(0, group.Coordinator.KeptRounds);
        Assert.Equal(("a=1 b=2", 1), (group.Sync("b", "x", "2").Data, group.Peek("b", "x", 1).Released.Contributions!.Count));
        Wait retry = group.Sync("a", "x", "3");
        Assert.Equal((1, "a=1 b=2 a=3"), (retry.Generation, retry.Data));
        Wait b = group.Sync("b", "x");
        Assert.True(b.IsOpen);
        group.Sync("a", "x");
        Assert.Equal(2, b.Generation);
    }

    [Fact]
    public void Rule13_RetriesWhileOthersWait_DoNotReleaseThem()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait b = group.Sync("b", "x");
        for (int i = 0; i < 4; i++) group.TimeOut(group.Sync("a", "x"), 1);
        Assert.True(b.IsOpen);
        group.Sync("c", "x");
        Assert.Equal(1, b.Generation);
    }

    [Fact]
    public void Rule4_ReleaseThatNoIncarnationAcknowledged_IsReplayedToTheNextSyncOnce()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.WithholdAcknowledgements("a");
        Wait first = group.Sync("a", "x", "1");
        group.Sync("b", "x", "2");
        Wait next = group.Sync("b", "x", "3");
        group.Lose("a");
        next.FailedWith(SyncFailureKind.MemberLost, "a");
        Assert.Equal(1, group.Coordinator.KeptRounds);
        group.Restart("a");
        Wait again = group.Sync("a", "x", "ignored");
        Assert.Same(first.Outcome, again.Outcome);
        Assert.Equal(1, again.Generation);
        group.Acknowledge(again);
        Assert.Equal(0, group.Coordinator.KeptRounds);
        Wait second = group.Sync("a", "x", "4");
        Assert.Equal(2, second.Generation);
        Assert.Equal("a=1 b=2 b=3 a=4", second.Data);
    }

    [Fact]
    public void Rule4_ReleaseAcknowledgedThenRestarted_GoesOnWithTheNextRound()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Sync("a", "x");
        group.Sync("b", "x");
        group.Lose("a");
        group.Restart("a");
        Wait a = group.Sync("a", "x");
        Assert.True(a.IsOpen);
        group.Sync("b", "x");
        Assert.Equal(2, a.Generation);
    }

    [Fact]
    public void Rule13_GoodbyeWithoutAcknowledgement_TheNextSyncIsTheNextRounds()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.WithholdAcknowledgements("a");
        group.Sync("a", "x");
        group.Sync("b", "x");
        group.Depart("a");
        Assert.Equal(0, group.Coordinator.KeptRounds);
        group.Restart("a");
        Wait a = group.Sync("a", "x");
        Assert.True(a.IsOpen);
        group.Sync("b", "x");
        Assert.Equal(2, a.Generation);
    }

    [Fact]
    public void Rule4_RestartedWhileItsSyncWasOpen_ItsContributionStaysAndTheOldRequestIsSilent()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait old = group.Sync("a", "x", "1");
        group.Silence("a", 10);
        group.Restart("a");
        group.Advance(5);
        Wait a = group.Sync("a", "x", "2");
        Assert.True(a.IsOpen);
        group.Sync("b", "x");
        Assert.Equal("a=1 a=2 b=-", a.Data);
        Assert.All(old.Answers, answer => Assert.IsNotType<Released>(answer.Outcome));
    }

    [Fact]
    public void ForgetDecided_NobodyReturns_NothingIsOwed()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.WithholdAcknowledgements("a");
        group.WithholdAcknowledgements("b");
        group.Sync("a", "x");
        group.Sync("b", "x");
        group.Lose("a");
        group.Lose("b");
        Assert.NotNull(group.Coordinator.NextTick);
        group.Advance(60);
        Assert.Equal(0, group.Coordinator.KeptRounds);
        Assert.Null(group.Coordinator.NextTick);
    }

    [Fact]
    public void Rule13_TwoOpenSyncsOfOneMember_TheSecondIsRefused()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait a = group.Sync("a", "x");
        Assert.Contains("waits here already", group.Sync("a", "x").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        group.Sync("b", "x");
        Assert.Equal(1, a.Generation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rule17_OpenGroup_IsRefusedWithTheRemedy(bool declared)
    {
        var group = new GroupDriver("a b");
        if (declared) group.Declare("a b", "");
        Assert.Contains("declare the group's roster or roles", group.Sync("a", "x").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal("", group.Peek("a", "x").Data);
    }

    [Fact]
    public void Rule17_WhoIsNoMember_IsRefused()
    {
        var group = new GroupDriver("a z");
        group.Declare("a", "a b");
        group.Sync("z", "x").FailedWith(SyncFailureKind.Refused);
    }

    [Fact]
    public void L5_ASeatIsFree_NobodyIsThroughBeforeItsMember()
    {
        GroupDriver group = GroupDriver.Closed("c1", "client*2", false, "client");
        Wait c1 = group.Sync("c1", "x");
        Assert.True(c1.IsOpen);
        group.Join("c2", "client");
        Assert.True(c1.IsOpen);
        group.Sync("c2", "x");
        Assert.Equal(2, c1.Released.Count);
    }

    [Fact]
    public void X2_SyncSentAgain_CountsOnce()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait a = group.Sync("a", "x", "1");
        group.Resend(a);
        group.Sync("b", "x", "2");
        Assert.True(a.IsOpen);
        Assert.Equal("a=1 b=2", group.Peek("c", "x").Data);
    }
}
