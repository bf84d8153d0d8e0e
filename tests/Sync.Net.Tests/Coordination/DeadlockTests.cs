using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>When no member can run on, all are told at once (RULES 19).</summary>
public sealed class DeadlockTests
{
    [Fact]
    public void X8_CycleOfTwo_BothAreToldWithTheCycleInWords()
    {
        GroupDriver group = GroupDriver.Promised("client1 server");
        Wait server = group.Enter("server", "net", "client1 server");
        Wait client = group.Enter("client1", "disk", "client1 server");
        const string Cycle = "client1 waits in 'disk' for server; server waits in 'net' for client1";
        Assert.All([server, client], wait => Assert.Equal((Cycle, null), (wait.FailedWith(SyncFailureKind.Deadlock).Reason, wait.Failed.Culprit)));
    }

    [Fact]
    public void X8_CycleOfThree_IsToldFromTheLatestOn()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        Wait[] waits = [group.Enter("b", "y", "b c"), group.Enter("c", "z", "a c"), group.Enter("a", "x", "a b")];
        Assert.All(waits, wait => Assert.Equal(
            "a waits in 'x' for b; b waits in 'y' for c; c waits in 'z' for a", wait.FailedWith(SyncFailureKind.Deadlock).Reason));
    }

    [Fact]
    public void X8_WaitsOfAllKinds_AreToldWithWhatEachLacks()
    {
        GroupDriver group = GroupDriver.Promised("a b c d e f");
        Wait[] waits =
        [
            group.Enter("a", "meet", "a b"),
            group.Receive("b", "news"),
            group.Count("c", 3),
            group.WaitForStates("d", "e", "ready"),
            group.Give("e", "data", "1", "e f"),
            group.Sync("f", "step"),
        ];
        string reason = waits[0].FailedWith(SyncFailureKind.Deadlock).Reason!;
        Assert.Equal(
            "f waits in 'step' for a, b, c, d, e; a waits in 'meet' for b; b waits in 'news' for a, c, d, e, f", reason);
        Assert.All(waits, wait => Assert.Equal(reason, wait.FailedWith(SyncFailureKind.Deadlock).Reason));
    }

    [Fact]
    public void X8_WaitThatLacksNobodyByName_IsToldWithTheOthers()
    {
        GroupDriver group = GroupDriver.Promised("a b");
        group.Receive("b", "news");
        Assert.Equal(
            "a waits in 'x' for 2 more to wait; b waits in 'news' for a", group.Count("a", 3).FailedWith(SyncFailureKind.Deadlock).Reason);
    }

    [Fact]
    public void X8_WaitForTheOwnMessageOnly_IsADeadlockOfOne() =>
        Assert.Equal("a waits in 'm' for a", GroupDriver.Promised("a").ReceiveAll("a", "m").FailedWith(SyncFailureKind.Deadlock).Reason);

    [Fact]
    public void X8_LongCycle_IsNotToldInFull()
    {
        string[] members = [.. Enumerable.Range(10, 12).Select(i => $"m{i}")];
        GroupDriver group = GroupDriver.Promised(string.Join(' ', members));
        Wait[] waits = [.. members.Select((member, i) => group.Enter(member, $"s{i}", $"{member} {members[(i + 1) % members.Length]}"))];
        Assert.Equal(8, waits[0].FailedWith(SyncFailureKind.Deadlock).Reason!.Split("; ").Length);
    }

    [Fact]
    public void X8_MembersThatWentOnAfterAVerdict_AreJudgedAnew()
    {
        GroupDriver group = GroupDriver.Promised("a b");
        group.Enter("a", "x", "a b");
        group.Enter("b", "y", "a b");
        Wait next = group.Receive("a", "m");
        Assert.True(next.IsOpen);
        group.Send("b", "m");
        Assert.Single(next.Released.Contributions!);
    }

    [Fact]
    public void X8_SomebodyHasNotCome_NoVerdict() => NoVerdict(GroupDriver.Closed("a b", "a b c", oneWaitAtATime: true));

    [Fact]
    public void X8_SeatIsFree_NoVerdict() =>
        NoVerdict(GroupDriver.Closed("a b", "client*3", oneWaitAtATime: true, roles: "client client"));

    [Fact]
    public void X8_SomebodyHasJoinedAndNotDeclared_NoVerdict()
    {
        var group = new GroupDriver("a b c");
        group.Declare("a b", "a b c", oneWaitAtATime: true);
        group.Enter("c", "z", "a c");
        NoVerdict(group);
    }

    [Fact]
    public void X8_SomebodyHasNotPromisedOneWaitAtATime_NoVerdict()
    {
        var group = new GroupDriver("a b c");
        group.Declare("a b", "a b c", oneWaitAtATime: true);
        group.Declare("c", "a b c");
        group.Enter("c", "z", "a c");
        NoVerdict(group);
    }

    [Fact]
    public void X8_SomebodyIsSilent_NoVerdictUntilItIsHeard()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        Wait wait = group.Enter("c", "z", "a c");
        group.Silence("c", 10);
        NoVerdict(group);
        group.Hear("c");
        wait.FailedWith(SyncFailureKind.Deadlock);
    }

    [Fact]
    public void X8_SomebodyIsSilent_NoVerdictUntilItReconnects()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        Wait wait = group.Enter("c", "z", "a c");
        group.Silence("c", 10);
        NoVerdict(group);
        group.Reconnect("c");
        wait.FailedWith(SyncFailureKind.Deadlock);
    }

    [Fact]
    public void X8_SomebodyIsAbsent_NoVerdict()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        group.Depart("c");
        NoVerdict(group);
    }

    [Theory]
    [InlineData((int)EnterFlags.Quiet)]
    [InlineData((int)EnterFlags.WaitForReturn)]
    public void X8_WaitOfSomebodyMayEndOtherwise_NoVerdict(int flags)
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        group.Enter("c", "z", "a c", (EnterFlags)flags);
        NoVerdict(group);
    }

    [Fact]
    public void X8_SomebodyHasTwoWaits_NoVerdictUntilOneIsTakenBack()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        Wait one = group.Receive("c", "m");
        Wait other = group.Enter("c", "z", "a c");
        NoVerdict(group);
        group.Cancel(one);
        other.FailedWith(SyncFailureKind.Deadlock);
    }

    [Fact]
    public void X8_SomebodyOnlyWatches_IsNotBlockedByThat()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        Wait wait = group.Enter("c", "z", "a c");
        Wait watch = group.Watch("c", Assert.IsType<Membership>(group.Watch("c").Outcome).Version);
        group.Enter("a", "x", "a b");
        group.Enter("b", "y", "a b");
        wait.FailedWith(SyncFailureKind.Deadlock);
        Assert.True(watch.IsOpen);
    }

    [Fact]
    public void X8_CommandActsBesideTheSeat_NoVerdict()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        long command = group.Command("c", group.IncarnationOf("c"));
        group.By(command, "c", SessionKind.Board, "m", new Ask(Act.Receive));
        group.Enter("c", "z", "a c");
        NoVerdict(group);
    }

    [Fact]
    public void X8_ReleaseAwaitsASignOfLife_NoVerdict()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        Wait[] waits = [.. "abc".Select(member => group.Enter($"{member}", "x", "a b c", EnterFlags.ConfirmRelease))];
        foreach (string member in (string[])["a", "b", "c"]) group.ShowLife(member);
        Assert.All(waits, wait => Assert.Equal(3, wait.Released.Count));
    }

    [Fact]
    public void X8_CountMayBeMetByTakingAWaitBack_NoVerdict()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        Wait two = group.Initialize("a", 2);
        Wait one = group.Initialize("b", 1);
        Wait wait = group.Count("c");
        Assert.All([one, two, wait], each => Assert.True(each.IsOpen));
        group.TimeOut(two);
        Assert.Equal(2, wait.Released.Count);
    }

    [Fact]
    public void X8_CountThatNobodyInitialised_Verdict()
    {
        GroupDriver group = GroupDriver.Promised("a b");
        group.Count("a");
        Assert.Equal(
            "b waits in 'x' for an initialiser; a waits in 'x' for an initialiser", group.Count("b").FailedWith(SyncFailureKind.Deadlock).Reason);
    }

    [Fact]
    public void X8_AnotherStartAsksForASeat_NoVerdictUntilTheOldOneHasAnswered()
    {
        GroupDriver group = GroupDriver.Promised("a b");
        Wait a = group.Enter("a", "x", "a b");
        group.Join("a");
        Wait b = group.Receive("b", "m");
        Assert.True(a.IsOpen && b.IsOpen);
        group.ShowLife("a");
        Assert.All([a, b], wait => wait.FailedWith(SyncFailureKind.Deadlock));
    }

    [Fact]
    public void X8_SomebodyElseIsStillConnected_NoVerdict()
    {
        var group = new GroupDriver("a b stranger");
        group.Declare("a b", "a b", oneWaitAtATime: true);
        group.Enter("a", "x", "a b");
        Wait wait = group.Receive("b", "m");
        group.Send("stranger", "m");
        Assert.Single(wait.Released.Contributions!);
    }

    [Fact]
    public void X8_DeclarationComesLast_VerdictThen()
    {
        var group = new GroupDriver("a b");
        group.Declare("a", "a b", oneWaitAtATime: true);
        Wait[] waits = [group.Enter("a", "x", "a b"), group.Enter("b", "y", "a b")];
        group.Declare("b", "a b", oneWaitAtATime: true);
        Assert.All(waits, wait => wait.FailedWith(SyncFailureKind.Deadlock));
    }

    [Fact]
    public void X8_NewStartOfAMember_PromisesAnew()
    {
        GroupDriver group = GroupDriver.Promised("a b c");
        group.Lose("c");
        group.Restart("c");
        group.Enter("c", "z", "a c");
        NoVerdict(group);
    }

    [Fact]
    public void X8_OpenGroup_NoVerdict()
    {
        GroupDriver group = GroupDriver.Closed("a b", "", oneWaitAtATime: true);
        NoVerdict(group);
    }

    /// <summary>The members a and b wait for each other under two names, and nobody is told anything.</summary>
    private static void NoVerdict(GroupDriver group)
    {
        Wait[] waits = [group.Enter("a", "x", "a b"), group.Enter("b", "y", "a b")];
        Assert.All(waits, wait => Assert.True(wait.IsOpen));
        Assert.DoesNotContain(group.History, effect => effect.Outcome is Failed { Kind: SyncFailureKind.Deadlock });
    }
}
