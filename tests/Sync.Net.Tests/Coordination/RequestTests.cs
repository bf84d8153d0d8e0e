using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Requests that are sent again: RULES 3, X2.</summary>
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
    public void Rule3_AnsweredRequestSentAgain_GetsTheSameAnswer()
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
    public void Rule3_WithdrawnRequestSentAgain_IsStillWithdrawn()
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
    public void Rule3_AcknowledgedRequestSentAgain_NeverCountsTwice()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Resend(a);
        Assert.Equal(SyncFailureKind.Refused, Assert.IsType<Failed>(a.Answers[^1].Outcome).Kind);
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Fact]
    public void Rule3_RequestOvertakenWhileItWasAskedForItsRoster_IsTaken()
    {
        var group = new GroupDriver("a b");
        var barrier = new SessionKey(SessionKind.Barrier, "x");
        group.Enter("a", new SessionKey(SessionKind.Barrier, "y"), null, default, 0, null, null, null, request: 2);
        Wait a = group.Enter("a", barrier, null, default, 0, null, null, null, request: 1);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule3_ResumeListsWhatIsOpen_TheRestIsWithdrawnAndDoneWith()
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
    public void Rule3_ResumeNamesRequestsThatNeverArrived_TheyAreTakenWhenTheyCome()
    {
        var group = new GroupDriver("a b");
        group.Enter("b", "x");
        group.Return("a");
        Assert.IsType<Released>(group.Enter("a", "x").Outcome);
    }

    [Fact]
    public void Rule3_AcknowledgedByAnOldStart_DoesNotTouchTheNewOnesRequests()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait old = group.Enter("a", "x");
        group.Lose("a");
        group.Restart("a");
        Wait mine = group.Enter("a", "y");
        Assert.Equal(old.Request, mine.Request);
        group.Enter("b", "y");
        group.Acknowledge(old);
        Assert.Same(mine.Released, group.Enter("a", "y").Released);
    }

    [Fact]
    public void Rule3_AcknowledgementOfAnOpenRequest_IsIgnored()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        group.Acknowledge(a);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }
}
