using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Sticky states: R1 and R2.</summary>
public sealed class StateTests
{
    private readonly GroupDriver _group = new("a b c");

    [Fact]
    public void R1_AllStatesOfAllMembers_AreNeeded()
    {
        Wait a = _group.WaitForStates("a", "b c", "up ready");
        _group.SetState("b", "up");
        _group.SetState("b", "ready");
        _group.SetState("c", "ready");
        Assert.True(a.IsOpen);
        _group.SetState("c", "up");
        Assert.Equal(2, a.Released.Count);
        Assert.Null(a.Released.Contributions);
    }

    [Fact]
    public void R1_AnyOfTheStates_IsEnoughOfEachMember()
    {
        Wait a = _group.WaitForStates("a", "b c", "up ready", any: true);
        _group.SetState("b", "ready");
        _group.SetState("b", "up");
        Assert.True(a.IsOpen);
        _group.SetState("c", "up");
        Assert.Equal(2, a.Released.Count);
    }

    [Fact]
    public void R1_OwnStateAndSeveralWaitsAtATime_AreFine()
    {
        Wait first = _group.WaitForStates("a", "a", "up");
        Wait second = _group.WaitForStates("a", "b", "up");
        Assert.Same(Released.Nothing, _group.SetState("a", "up").Outcome);
        Assert.Equal(1, first.Released.Count);
        Assert.True(second.IsOpen);
    }

    [Fact]
    public void R1_AnotherStateOrSession_DoesNotMeetIt()
    {
        Wait a = _group.WaitForStates("a", "b", "up");
        _group.SetState("b", "Up");
        _group.SetState("b", "up", session: "task 7");
        _group.SetState("c", "up");
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void R1_StateWasSetBefore_IsMetAtOnce()
    {
        _group.SetState("b", "up");
        Assert.Equal(1, _group.WaitForStates("a", "b", "up").Released.Count);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("restarted")]
    [InlineData("absent")]
    [InlineData("left")]
    [InlineData("failed")]
    public void R2_States_OutliveWhoSetThem(string how)
    {
        _group.SetState("b", "up");
        Go("b", how);
        Assert.Equal(1, _group.WaitForStates("a", "b", "up").Released.Count);
    }

    [Fact]
    public void R2_StatesOfTwoStarts_AddUp()
    {
        Wait a = _group.WaitForStates("a", "b", "up ready", flags: EnterFlags.WaitForReturn);
        _group.SetState("b", "up");
        _group.Lose("b");
        _group.Restart("b");
        _group.SetState("b", "ready");
        Assert.Equal(1, a.Released.Count);
    }

    [Fact]
    public void R2_NobodyIsConnected_TheStatesAreKept()
    {
        _group.SetState("b", "up");
        foreach (string member in new[] { "a", "b", "c" }) _group.Lose(member);
        _group.Advance(60);
        Assert.False(_group.Coordinator.IsIdle);
        _group.Restart("a");
        Assert.Equal(1, _group.WaitForStates("a", "b", "up").Released.Count);
    }

    [Theory]
    [InlineData("lost", SyncFailureKind.MemberLost)]
    [InlineData("left", SyncFailureKind.MemberLeft)]
    [InlineData("failed", SyncFailureKind.MemberFailed)]
    public void X6_NeededMemberIsGone_FailsNowAndLater(string how, SyncFailureKind kind)
    {
        Wait a = _group.WaitForStates("a", "b c", "up");
        Wait other = _group.WaitForStates("c", "a", "up");
        Go("b", how);
        Assert.Equal(["b", "c"], a.FailedWith(kind, "b").Expected);
        _group.WaitForStates("a", "b", "up").FailedWith(kind, "b");
        Assert.True(other.IsOpen);
    }

    [Fact]
    public void X6_MemberThatSatisfiedTheWaitIsGone_TheOthersAreWaitedFor()
    {
        Wait a = _group.WaitForStates("a", "b c", "up");
        _group.SetState("b", "up");
        _group.Lose("b");
        Assert.True(a.IsOpen);
        _group.SetState("c", "up");
        Assert.Equal(2, a.Released.Count);
    }

    [Fact]
    public void Rule7_WaitForReturnAndAbsentMembers_AreWaitedFor()
    {
        _group.Depart("b");
        Wait a = _group.WaitForStates("a", "b", "up");
        _group.Lose("c");
        Wait patient = _group.WaitForStates("a", "c", "up", flags: EnterFlags.WaitForReturn);
        Assert.True(a.IsOpen && patient.IsOpen);
    }

    [Fact]
    public void WaitingMemberIsLost_ItsWaitsEnd()
    {
        Wait a = _group.WaitForStates("a", "b", "up");
        _group.Lose("a");
        _group.SetState("b", "up");
        Assert.True(a.IsOpen);
        _group.Return("a");
        Assert.Equal(0, _group.Coordinator.KeptRequests);
    }

    [Fact]
    public void Rule5_TimedOut_EndsTheOwnWaitAndNamesStatesAndMembers()
    {
        Wait a = _group.WaitForStates("a", "b c", "up ready");
        Wait other = _group.WaitForStates("a", "b c", "up ready");
        _group.SetState("b", "up");
        _group.SetState("b", "ready");
        _group.TimeOut(a, 5);
        Failed failed = a.FailedWith(SyncFailureKind.Timeout, "a");
        Assert.Equal("a gave up after 00:00:05 waiting for all of the states 'up', 'ready'", failed.Reason);
        Assert.Equal(["b", "c"], failed.Expected);
        Assert.Equal(["b"], failed.Arrived);
        Assert.Equal("c", Assert.Single(failed.Missing).Id);
        Assert.True(other.IsOpen);
    }

    [Fact]
    public void Rule5_Cancelled_EndsTheOwnWaitAlone()
    {
        Wait a = _group.WaitForStates("a", "b", "up");
        Wait c = _group.WaitForStates("c", "b", "up");
        _group.Cancel(a);
        Assert.IsType<Withdrawn>(a.Outcome);
        Assert.True(c.IsOpen);
    }

    [Fact]
    public void Aborted_EndsTheWaitsAndKeepsTheStates()
    {
        Wait a = _group.WaitForStates("a", "b c", "up");
        _group.SetState("b", "up");
        _group.Ask("c", SessionKind.Group, "g", new Ask(Act.AbortAll, Text: "enough"));
        Assert.Equal("enough", a.FailedWith(SyncFailureKind.Aborted, "c").Reason);
        Assert.Equal(1, _group.WaitForStates("a", "b", "up").Released.Count);
    }

    [Fact]
    public void X8_NearlyTheSameState_IsAHint()
    {
        Wait a = _group.WaitForStates("a", "b", "server-up");
        _group.SetState("b", "server_up");
        _group.TimeOut(a, 5);
        Assert.Equal("b is in 'server_up', which is another state than 'server-up'", a.Failed.Hint);
    }

    [Fact]
    public void X8_MembersWaitForEachOthersStates_AreADeadlockWithTheCycleInWords()
    {
        var group = new GroupDriver("a b");
        group.Declare("a b", "a b", oneWaitAtATime: true);
        Wait a = group.WaitForStates("a", "b", "up");
        Wait b = group.WaitForStates("b", "a", "up");
        Assert.Equal("b waits in 'states' for a; a waits in 'states' for b", a.FailedWith(SyncFailureKind.Deadlock).Reason);
        b.FailedWith(SyncFailureKind.Deadlock);
    }

    [Theory]
    [InlineData("", "up")]
    [InlineData("b", "")]
    public void NobodyOrNothingIsNamed_IsRefused(string members, string states) =>
        _group.WaitForStates("a", members, states).FailedWith(SyncFailureKind.Refused);

    [Fact]
    public void X6_MemberIsNotOfTheGroup_IsRefusedByName()
    {
        _group.Declare("a b c", "a b c");
        Assert.Contains("nobody", _group.WaitForStates("a", "b nobody", "up").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule17_SeatsAreFree_WhoIsNotKnownYetMayCome()
    {
        var group = new GroupDriver("a");
        group.Declare("a", "a client*1");
        Wait a = group.WaitForStates("a", "later", "up");
        group.Join("later", "client");
        group.SetState("later", "up");
        Assert.Equal(1, a.Released.Count);
    }

    [Fact]
    public void NoState_IsRefused() => _group.SetState("a", "").FailedWith(SyncFailureKind.Refused);

    [Fact]
    public void X2_SetAgain_IsKeptOnce()
    {
        _group.SetState("a", "up");
        long kept = _group.Coordinator.KeptBytes;
        _group.SetState("a", "up");
        Assert.Equal(kept, _group.Coordinator.KeptBytes);
    }

    [Fact]
    public void MaxKeptBytes_OneMore_IsRefusedAndHarmsNobody()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxKeptBytes = 70 });
        Wait b = group.WaitForStates("b", "a", "ready");
        group.SetState("a", "up");
        Assert.Contains("MaxKeptBytes", group.SetState("a", "ready").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        Assert.True(b.IsOpen);
        Assert.Equal(1, group.WaitForStates("b", "a", "up").Released.Count);
    }

    private void Go(string member, string how)
    {
        if (how == "failed") _group.Ask(member, SessionKind.Group, "g", new Ask(Act.Fail, Text: "broken"));
        else if (how is "absent" or "left") _group.Depart(member, left: how == "left");
        else _group.Lose(member);
        if (how == "restarted") _group.Restart(member);
    }
}
