using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Members that fail by their own word, essential roles, and the end of all waits (RULES 9).</summary>
public sealed class FailTests
{
    [Fact]
    public void L8_Fail_EverybodyWhoWaitsForItNowOrLaterHasTheCause()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait[] now = [group.Enter("a", "x", "a b"), group.ReceiveAll("c", "m"), group.WaitForStates("a", "b", "ready"), group.Give("c", "d", "1", "b c")];
        Assert.Same(Released.Nothing, group.Fail("b", "no disk").Outcome);
        Wait[] later = [group.Enter("a", "y", "a b"), group.WaitForMembers("a"), group.Sync("c", "m"), group.MeetAll("a", "all")];
        Assert.All([.. now, .. later], wait => Assert.Equal("no disk", wait.FailedWith(SyncFailureKind.MemberFailed, "b").Reason));
    }

    [Fact]
    public void L8_Fail_EndsItsOwnCallsNowAndLater()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait[] own = [group.Receive("b", "m"), group.Count("b"), group.Enter("b", "x", "b c"), group.WaitForStates("b", "a", "up"), group.Watch("b", 1000)];
        group.Fail("b", "no disk");
        Assert.All([.. own.Take(4), group.Send("b", "m"), group.Fail("b", "again")], wait => wait.FailedWith(SyncFailureKind.MemberFailed, "b"));
        Assert.IsType<Membership>(group.Watch("b").Outcome);
    }

    [Fact]
    public void L8_Fail_WaitsThatDoNotNeedIt_GoOn()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait wait = group.Enter("a", "x", "a c");
        group.Fail("b", "no disk");
        group.Enter("c", "x", "a c");
        Assert.Equal(2, wait.Released.Count);
    }

    [Fact]
    public void L8_EarlyWaitOfAMemberThatFails_EndsAsFailed()
    {
        GroupDriver group = GroupDriver.Closed("a b", "client*3", roles: "client client");
        Wait wait = group.MeetAll("b", "all");
        group.Fail("b", "no disk");
        Assert.Equal("no disk", wait.FailedWith(SyncFailureKind.MemberFailed, "b").Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void L8_FailedMemberEndsOrReconnects_TheCauseStays(bool ends)
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Fail("b", "no disk");
        if (ends) group.Lose("b");
        else group.Reconnect("b");
        group.Advance(1);
        Assert.Equal("no disk", group.Enter("a", "x", "a b").FailedWith(SyncFailureKind.MemberFailed, "b").Reason);
    }

    [Fact]
    public void L8_FailedMemberIsSilentAndHeard_StaysFailed()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Fail("b", "no disk");
        group.Silence("b", 10);
        group.Hear("b");
        group.Enter("a", "x", "a b").FailedWith(SyncFailureKind.MemberFailed, "b");
    }

    [Fact]
    public void L8_NewStartOfAFailedMember_IsWaitedForAgain()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Fail("b", "no disk");
        group.Depart("b");
        group.Enter("a", "x", "a b").FailedWith(SyncFailureKind.MemberFailed, "b");
        group.Restart("b");
        Wait wait = group.Enter("a", "y", "a b");
        group.Enter("b", "y", "a b");
        Assert.Equal(2, wait.Released.Count);
    }

    [Theory]
    [InlineData(true, "no disk; its role server is essential, so the group is over")]
    [InlineData(false, "its connection broke; its role server is essential, so the group is over")]
    public void L8_MemberOfAnEssentialRoleFailsOrIsLost_AllCallsEndNowAndLater(bool fails, string reason)
    {
        GroupDriver group = GroupDriver.Closed("a b c", "a=client b=server c=client !server");
        Wait[] now = [group.Enter("a", "x", "a c"), group.Receive("c", "m"), group.Count("a")];
        if (fails) group.Fail("b", "no disk");
        else group.Lose("b");
        Wait[] later = [group.Send("c", "m"), group.Enter("a", "x", "a c"), group.TryDeclare("a", "a=client b=server c=client !server")];
        SyncFailureKind kind = fails ? SyncFailureKind.MemberFailed : SyncFailureKind.MemberLost;
        Assert.All([.. now, .. later], wait => Assert.Equal(reason, wait.FailedWith(kind, "b").Reason));
        group.Join("b");
        group.Send("b", "m").FailedWith(kind, "b");
    }

    [Fact]
    public void L8_MemberOfAnEssentialRoleLeaves_IsNoFailure()
    {
        GroupDriver group = GroupDriver.Closed("a b c", "a=client b=server c=client !server");
        Wait wait = group.Enter("a", "x", "a c");
        group.Leave("b");
        group.Enter("c", "x", "a c");
        Assert.Equal(2, wait.Released.Count);
    }

    [Fact]
    public void L8_MemberOfAnotherRoleIsLost_TheGroupGoesOn()
    {
        GroupDriver group = GroupDriver.Closed("a b c", "a=client b=server c=client !server");
        group.Lose("c");
        Assert.Same(Released.Nothing, group.Send("a", "m").Outcome);
    }

    [Fact]
    public void Rule9_AbortAll_EndsWhatIsOpenInAllSessionsAndNothingLater()
    {
        GroupDriver group = GroupDriver.Closed("a b c", "a b c d");
        Wait[] open =
        [
            group.Enter("a", "x", "a c"), group.Receive("a", "m"), group.Count("a"), group.WaitForStates("a", "b", "up"), group.WaitForMembers("a"),
            group.Give("b", "d", "1", "b c"), group.Sync("b", "m2"), group.MeetAll("c", "all"),
        ];
        Wait watch = group.Watch("a", Assert.IsType<Membership>(group.Watch("a").Outcome).Version);
        group.AbortAll("c", "enough");
        Assert.All(open, wait => Assert.Equal("enough", wait.FailedWith(SyncFailureKind.Aborted, "c").Reason));
        Assert.True(watch.IsOpen);
        Assert.True(group.WaitForMembers("a").IsOpen);
    }
}
