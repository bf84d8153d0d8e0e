using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Requests that are sent again, and answers that are replayed: RULES 3, 4; X2, X5, X7.</summary>
public sealed class RequestTests
{
    [Fact]
    public void X2_OpenRequestSentAgain_CountsOnce()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Return("a", a);
        group.Resend(a);
        Assert.True(a.IsOpen);
        Assert.Equal(2, group.Enter("b", "x").Released.Count);
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void R3_AnsweredRequestSentAgain_GetsTheSameAnswer()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Return("a", a);
        group.Resend(a);
        Assert.Equal(2, a.Answers.Count);
        Assert.Same(a.Answers[0].Outcome, a.Answers[1].Outcome);
        Assert.Equal(1, a.Generation);
    }

    [Fact]
    public void R3_WithdrawnRequestSentAgain_IsStillWithdrawn()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Enter("a", "x");
        group.Cancel(a);
        group.Return("a", a);
        group.Resend(a);
        Assert.All(a.Answers, each => Assert.IsType<Withdrawn>(each.Outcome));
        Assert.True(group.Enter("b", "x").IsOpen);
    }

    [Fact]
    public void R3_AcknowledgedRequestSentAgain_NeverCountsTwice()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Resend(a);
        Assert.Equal(SyncFailureKind.Refused, Assert.IsType<Failed>(a.Answers[^1].Outcome).Kind);
        Assert.Equal(0, group.Coordinator.KeptGenerations);
    }

    [Fact]
    public void R3_RequestOvertakenWhileItWasAskedForItsRoster_IsTaken()
    {
        var group = new GroupDriver("a b");
        var barrier = new SessionKey(SessionKind.Barrier, "x");
        group.Enter("a", new SessionKey(SessionKind.Barrier, "y"), null, default, 0, null, null, null, request: 2);
        Wait a = group.Enter("a", barrier, null, default, 0, null, null, null, request: 1);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

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
    public void R4_UnacknowledgedOutcome_IsReplayedToANewStart()
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
    public void R4_ReplayAcknowledged_TheNextEnterOpensTheNextGeneration()
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
    public void R3_ResumeListsWhatIsOpen_TheRestIsWithdrawnAndDoneWith()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait kept = group.Enter("a", "x");
        group.Enter("a", "y");
        group.Enter("a", "z");
        group.Enter("b", "z");
        group.Return("a", kept);
        Assert.Equal(1, group.Coordinator.KeptRequests);
        Assert.True(group.Enter("b", "y").IsOpen);
        Assert.IsType<Released>(group.Enter("b", "x").Outcome);
    }

    [Fact]
    public void R3_ResumeNamesRequestsThatNeverArrived_TheyAreTakenWhenTheyCome()
    {
        var group = new GroupDriver("a b");
        group.Enter("b", "x");
        group.Return("a");
        Assert.IsType<Released>(group.Enter("a", "x").Outcome);
    }

    [Fact]
    public void R3_AcknowledgedByAnOldStart_DoesNotTouchTheNewOnesRequests()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait old = group.Enter("a", "x");
        group.Lose("a");
        group.Restart("a");
        Wait mine = group.Enter("a", "y");
        Assert.Equal(old.Request, mine.Request);
        group.Acknowledge(old);
        Assert.IsType<Released>(group.Enter("b", "y").Outcome);
        Assert.IsType<Released>(mine.Outcome);
    }

    [Fact]
    public void R3_AcknowledgementOfAnOpenRequest_IsIgnored()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Acknowledge(a);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void R4_DisposedBeforeItHeardTheOutcome_IsOwedNothing()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        group.Enter("a", "x");
        group.Enter("b", "x");
        group.Depart("a");
        Assert.Equal(0, group.Coordinator.KeptGenerations);
        Assert.Equal(0, group.Coordinator.KeptRequests);
    }
}
