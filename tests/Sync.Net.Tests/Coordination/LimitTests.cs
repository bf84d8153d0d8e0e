using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>The bounds of a group, and what it keeps.</summary>
public sealed class LimitTests
{
    [Fact]
    public void MaxMembers_OneMore_IsRefusedAndNamesTheLimit()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxMembers = 2 });
        group.Join("c");
        Assert.Equal(RefuseReason.Limit, group.Refusal.Refusal);
        Assert.Contains("MaxMembers", group.Refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void MaxSessions_OneMoreThatIsInUse_FailsAndNamesTheLimit()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxSessions = 1 });
        Wait first = group.Enter("a", "x");
        Assert.Contains("MaxSessions", group.Enter("a", "y").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        Assert.True(first.IsOpen);
    }

    [Fact]
    public void MaxSessions_FinishedOnes_MakeRoom()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxSessions = 1 });
        for (int round = 0; round < 3; round++)
        {
            group.Enter("a", $"x{round}");
            Assert.IsType<Released>(group.Enter("b", $"x{round}").Outcome);
        }
    }

    [Fact]
    public void MaxSessions_OutcomeStillOwed_IsNotThrownAway()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxSessions = 1 });
        group.WithholdAcknowledgements("a");
        group.Enter("a", "x");
        group.Enter("b", "x");
        group.Enter("b", "y").FailedWith(SyncFailureKind.Refused);
    }

    [Fact]
    public void MaxKeptBytes_OneMore_FailsAloneAndOpensNothing()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxKeptBytes = 4 });
        Wait a = group.Give("a", "x", "1234");
        Assert.Contains("MaxKeptBytes", group.Give("a", "y", "5").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        group.Give("b", "x", "5").FailedWith(SyncFailureKind.Refused);
        Assert.Equal(1, group.Coordinator.KeptRounds);
        Assert.Equal("a=1234 b=-", group.Give("b", "x", null).Data);
        Assert.Equal("a=1234 b=-", a.Data);
    }

    [Fact]
    public void KeptBytes_AfterEveryKindOfEnd_ReturnToZero()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "released", "12");
        group.Give("b", "released", "34");
        group.Give("a", "broken", "12");
        group.Give("b", "broken", "34", contract: "Node", roster: "a b c");
        group.Give("a", "contracts", "12", contract: "A");
        group.Give("b", "contracts", "34", contract: "B");
        Assert.Equal(0, group.Coordinator.KeptBytes);
    }

    [Fact]
    public void KeptBytes_GivenAgain_CountOnce()
    {
        var group = new GroupDriver("a b");
        group.TimeOut(group.Give("a", "x", "1234"));
        group.Give("a", "x", "12");
        Assert.Equal(2, group.Coordinator.KeptBytes);
    }

    [Fact]
    public void KeptBytes_UntilTheLastOneAcknowledged_StayForTheReplay()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Give("a", "x", "12");
        group.Give("b", "x", "34");
        Assert.Equal(4, group.Coordinator.KeptBytes);
        group.Acknowledge(a);
        Assert.Equal(0, group.Coordinator.KeptBytes);
    }

    [Fact]
    public void KeptBytes_DataAtABarrier_IsNotKept()
    {
        var group = new GroupDriver("a b");
        var barrier = new SessionKey(SessionKind.Barrier, "x");
        Wait a = group.Enter("a", barrier, null, default, 0, new byte[10], "T", null);
        Assert.Equal(0, group.Coordinator.KeptBytes);
        group.Cancel(a);
        Assert.Equal(0, group.Coordinator.KeptBytes);
    }

    [Fact]
    public void IsIdle_AllDoneAndGone_KeepsNothing()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x");
        group.Enter("b", "x");
        group.Depart("a");
        Assert.False(group.Coordinator.IsIdle);
        group.Depart("b");
        Assert.True(group.Coordinator.IsIdle);
        Assert.Equal(0, group.Coordinator.KeptRequests);
        Assert.Null(group.Coordinator.NextTick);
    }

    [Fact]
    public void IsIdle_DataGivenToAnOpenRound_IsKeptForTheOthers()
    {
        var group = new GroupDriver("a");
        group.TimeOut(group.Give("a", "x", "1", "a b"));
        group.Depart("a");
        Assert.False(group.Coordinator.IsIdle);
        group.Join("b");
        Assert.Equal("a=1 b=2", group.Give("b", "x", "2", "a b").Data);
    }
}
