using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Outcomes that wait for whoever has not heard them: RULES 4, X5, X7.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void X5_LostAtTheInstantOfRelease_TheSameStartGetsTheReleaseWhenItReturns()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Enter("a", "x");
        Wait b = group.Enter("b", "x");
        group.Lose("a");
        group.Return("a", a);
        group.Resend(a);
        Assert.Same(b.Released, a.Answers[1].Outcome);
    }

    [Fact]
    public void X5_AllOthersAreGoneWhenItReturns_ItStillGetsTheRelease()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Lose("a");
        group.Depart("b");
        Assert.False(group.Coordinator.IsIdle);
        group.Advance(10);
        group.Return("a", a);
        group.Resend(a);
        Assert.All(a.Answers, each => Assert.IsType<Released>(each.Outcome));
    }

    [Fact]
    public void X5_NobodyReturnsToAnEndedGroup_NothingIsKept()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        group.Give("a", "x", "1");
        group.Give("b", "x", "2");
        group.Lose("a");
        group.Depart("b");
        group.Advance(60);
        Assert.True(group.Coordinator.IsIdle);
        Assert.Equal(0, group.Coordinator.KeptBytes);
        Assert.Null(group.Coordinator.NextTick);
    }

    [Fact]
    public void Rule4_UnacknowledgedOutcome_IsReplayedToANewStart()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        group.Enter("a", "x");
        Wait b = group.Enter("b", "x");
        group.Lose("a");
        group.Restart("a");
        Wait again = group.Enter("a", "x");
        Assert.Same(b.Released, again.Released);
        Assert.Equal(1, again.Generation);
    }

    [Fact]
    public void Rule4_ReplayAcknowledged_TheNextEnterOpensTheNextGeneration()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        group.Enter("a", "x");
        group.Enter("b", "x");
        group.Lose("a");
        group.Restart("a");
        group.Acknowledge(group.Enter("a", "x"));
        Assert.True(group.Enter("a", "x").IsOpen);
    }

    [Fact]
    public void X7_StragglerOfTheLastGeneration_CannotOpenTheNextOne()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        group.Enter("a", "x");
        group.Enter("b", "x");
        Wait next = group.Enter("b", "x");
        group.Lose("a", "its connection broke");
        next.FailedWith(SyncFailureKind.MemberLost);
        group.Restart("a");
        Wait straggler = group.Enter("a", "x");
        Assert.IsType<Released>(straggler.Outcome);
        Assert.Equal(1, straggler.Generation);
    }

    [Fact]
    public void X7_StragglerWhileTheNextGenerationIsOpen_GetsItsOwnOutcomeFirst()
    {
        var group = new GroupDriver("a b");
        group.TimeOut(group.Give("a", "x", "1"));
        group.Give("b", "x", "2");
        Wait next = group.Give("b", "x", "4");
        Assert.Equal(1, group.Give("a", "x", "3").Generation);
        Assert.True(next.IsOpen);
        Assert.Equal("a=3 b=4", group.Give("a", "x", "3").Data);
        Assert.Equal(2, next.Generation);
    }

    [Fact]
    public void Rule4_DisposedBeforeItHeardTheOutcome_IsOwedNothing()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        group.Enter("a", "x");
        group.Enter("b", "x");
        group.Depart("a");
        Assert.Equal(0, group.Coordinator.KeptRounds);
        Assert.Equal(0, group.Coordinator.KeptRequests);
    }
}
