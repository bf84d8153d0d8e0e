using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Members wait for each other, and watch what becomes of them.</summary>
public sealed class GroupMembersTests
{
    [Fact]
    public void L1_WaitForMembers_EndsWhenTheLastOneHasDeclared()
    {
        GroupDriver group = GroupDriver.Closed("a b", "a b c");
        Wait wait = group.WaitForMembers("a");
        group.Join("c");
        Assert.True(wait.IsOpen);
        group.Declare("c", "a b c");
        Assert.Equal(3, wait.Released.Count);
        Assert.Equal(3, group.WaitForMembers("b").Released.Count);
    }

    [Fact]
    public void L1_WaitForMembers_SeatsAreFree_WaitsForThemAndNamesThem()
    {
        GroupDriver group = GroupDriver.Closed("a b", "client*3 server*1", roles: "client client");
        Wait wait = group.WaitForMembers("a");
        group.TimeOut(wait, 5);
        Failed failed = wait.FailedWith(SyncFailureKind.Timeout, "a");
        Assert.Equal(["a", "b"], failed.Arrived);
        Assert.Equal(["client (seat 3 of 3)", "server (seat 1 of 1)"], failed.Missing.Select(fact => fact.Id).Order());
    }

    [Fact]
    public void X6_WaitForMembers_MemberWasLostBefore_FailsAtOnce()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Lose("b");
        group.WaitForMembers("a").FailedWith(SyncFailureKind.MemberLost, "b");
    }

    [Fact]
    public void X6_WaitForMembers_MemberLeavesOrIsLostMeanwhile_Fails()
    {
        GroupDriver group = GroupDriver.Closed("a b c", "a b c d");
        Wait first = group.WaitForMembers("a");
        group.Leave("b");
        first.FailedWith(SyncFailureKind.MemberLeft, "b");
        Wait patient = group.WaitForMembers("a", EnterFlags.WaitForReturn);
        group.Lose("c");
        Assert.True(patient.IsOpen);
        foreach (string member in (string[])["b", "c", "d"])
        {
            group.Join(member);
            Assert.True(patient.IsOpen);
            group.Declare(member, "a b c d");
        }
        Assert.Equal(4, patient.Released.Count);
    }

    [Fact]
    public void Rule7_WaitForMembers_AbsentMember_IsWaitedFor()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Depart("b");
        Wait wait = group.WaitForMembers("a");
        Assert.True(wait.IsOpen);
        group.Join("b");
        group.Declare("b", "a b");
        Assert.Equal(2, wait.Released.Count);
    }

    [Fact]
    public void Rule17_WaitForMembers_OpenGroup_IsRefusedWithTheRemedy() =>
        Assert.Contains("declare", GroupDriver.Closed("a b", "").WaitForMembers("a").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);

    [Fact]
    public void Watch_ChangesMeanwhile_AreToldTogetherAndEachOnce()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        long known = Shown(group.Watch("a")).Version;
        Wait watch = group.Watch("a", known);
        Assert.True(watch.IsOpen);
        group.Silence("b", 10);
        Assert.Equal([("b", MemberState.Away)], Shown(watch).Members.Select(fact => (fact.Id, fact.State)));
        group.Hear("b");
        group.Lose("b");
        group.Leave("c");
        Membership after = Shown(group.Watch("a", Shown(watch).Version));
        Assert.Equal([("b", MemberState.Lost), ("c", MemberState.Left)], after.Members.Select(fact => (fact.Id, fact.State)).Order());
        Assert.True(group.Watch("a", after.Version).IsOpen);
    }

    [Fact]
    public void Watch_VersionOfAnotherTerm_TellsAll() =>
        Assert.Equal(["a", "b"], Shown(GroupDriver.Closed("a b").Watch("a", 1000)).Members.Select(fact => fact.Id).Order());

    [Fact]
    public void Watch_VersionTooLongAgo_TellsAll()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        long known = Shown(group.Watch("a")).Version;
        for (int i = 0; i < 5000; i++)
        {
            group.Silence("b", 10);
            group.Hear("b");
        }
        Assert.Equal(3, Shown(group.Watch("a", known)).Members.Count);
    }

    [Fact]
    public void Watch_MoreThan4096Members_IsNotTold()
    {
        var group = new GroupDriver("a");
        for (int i = 1; i < 4096; i++) group.Join($"m{i}");
        Assert.Equal(4096, Shown(group.Watch("a")).Members.Count);
        group.Join("last");
        Assert.True(group.Watch("a").IsOpen);
    }

    private static Membership Shown(Wait watch) => Assert.IsType<Membership>(watch.Outcome);
}
