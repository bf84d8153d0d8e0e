using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>RULES 5 and 9, X6, X8: how waits on a board end without being met.</summary>
public sealed class BoardEndTests
{
    public static TheoryData<string, SyncFailureKind> Ends => new()
    {
        { "lost", SyncFailureKind.MemberLost },
        { "left", SyncFailureKind.MemberLeft },
        { "failed", SyncFailureKind.MemberFailed },
    };

    [Theory, MemberData(nameof(Ends))]
    public void X6_ANeededMemberThatNeverSentIsGone_EndsAllWaitsForItNowAndLater(string how, SyncFailureKind kind)
    {
        GroupDriver group = GroupDriver.Closed("a b c", "a=client b=client c=server");
        Wait all = group.ReceiveAll("a", "x"), role = group.ReceiveAll("c", "x", "client"), named = group.ReceiveAll("c", "x", roster: "b c");
        Wait sync = group.Sync("a", "y"), server = group.ReceiveAll("a", "x", "server"), any = group.Receive("a", "x");
        Wait patient = group.ReceiveAll("c", "x", flags: EnterFlags.WaitForReturn);
        Wait own = group.ReceiveAll("b", "x");
        End(group, "b", how);
        foreach (Wait wait in new[] { all, role, named, sync })
        {
            Failed failed = wait.FailedWith(kind, "b");
            Assert.Contains("b", failed.Missing.Select(each => each.Id));
            if (how != "left") Assert.Equal("its disk broke", failed.Reason);
        }
        Assert.True(server.IsOpen && any.IsOpen && patient.IsOpen);
        if (how == "failed") own.FailedWith(kind, "b");
        group.ReceiveAll("c", "x").FailedWith(kind, "b");
        group.ReceiveAll("a", "z", "client").FailedWith(kind, "b");
        group.Sync("c", "y").FailedWith(kind, "b");
        Assert.True(group.Sync("a", "y", flags: EnterFlags.WaitForReturn).IsOpen);
        group.Send("c", "x");
        Assert.IsType<Released>(server.Outcome);
        Assert.IsType<Released>(any.Outcome);
    }

    [Theory, MemberData(nameof(Ends))]
    public void Rule5_AMemberThatHasContributedIsGone_HarmsNobody(string how, SyncFailureKind kind)
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        group.Send("b", "x", "1");
        group.Send("b", "y");
        Wait all = group.ReceiveAll("a", "x"), sync = group.Sync("a", "y");
        End(group, "b", how);
        Wait late = group.ReceiveAll("c", "x");
        group.Send("a", "x", "2");
        group.Send("c", "x", "3");
        Assert.Equal("b=1 a=2 c=3", all.Data);
        Assert.Equal(all.Data, late.Data);
        Assert.Equal(1, group.Sync("c", "y").Generation);
        Assert.Equal(1, sync.Generation);
        // To the next round it never contributed.
        group.Sync("a", "y").FailedWith(kind, "b");
    }

    [Fact]
    public void Rule7_WaitForReturn_TheMemberReturnsAndTheWaitIsMet()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait all = group.ReceiveAll("a", "x", flags: EnterFlags.WaitForReturn), sync = group.Sync("a", "y", flags: EnterFlags.WaitForReturn);
        group.Lose("b");
        Wait any = group.Receive("a", "z", flags: EnterFlags.WaitForReturn);
        group.Restart("b");
        group.Send("a", "x");
        foreach (string id in new[] { "x", "y", "z" }) group.Send("b", id);
        Assert.All([all, sync, any], wait => Assert.IsType<Released>(wait.Outcome));
    }

    [Fact]
    public void Rule7_NeverCameOrIsAbsent_IsWaitedFor()
    {
        GroupDriver group = GroupDriver.Closed("a b", "a b c");
        Wait all = group.ReceiveAll("a", "x"), sync = group.Sync("a", "y");
        group.Depart("b");
        Assert.True(all.IsOpen && sync.IsOpen);
    }

    [Fact]
    public void X6_ReceiveWhenNobodyIsLeftToSend_FailsNowAndAtOnceLater()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait a = group.Receive("a", "x");
        group.Lose("b");
        Assert.True(a.IsOpen);
        group.Leave("c");
        Assert.Equal(["b", "c"], a.FailedWith(SyncFailureKind.MemberLeft, "c").Expected);
        group.Receive("a", "x").FailedWith(SyncFailureKind.MemberLost, "b");
        Assert.True(group.Receive("a", "x", flags: EnterFlags.WaitForReturn).IsOpen);
        group.Send("a", "x");
        Assert.IsType<Released>(group.Receive("a", "x").Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("client*3")]
    public void X6_ReceiveInAGroupThatOthersMayYetJoin_WaitsOn(string declared)
    {
        GroupDriver group = GroupDriver.Closed("a b", declared, false, "client client");
        Wait a = group.Receive("a", "x");
        group.Lose("b");
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void X6_ReceiveInAGroupOfOne_WaitsForTheOwnSend()
    {
        GroupDriver group = GroupDriver.Closed("a");
        Wait a = group.Receive("a", "x");
        group.Send("a", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule5_TimeoutOfAWait_EndsOnlyTheOwnOne()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait any = group.Receive("a", "x"), all = group.ReceiveAll("a", "x"), other = group.ReceiveAll("b", "x");
        Wait sync = group.Sync("a", "y"), otherSync = group.Sync("b", "y");
        group.TimeOut(any, 30);
        group.TimeOut(sync);
        group.Cancel(all);
        Assert.Equal(["b", "c"], any.FailedWith(SyncFailureKind.Timeout, "a").Missing.Select(each => each.Id));
        Assert.Equal("a gave up after 00:00:30", any.Failed.Reason);
        Assert.IsType<Withdrawn>(all.Outcome);
        Assert.Equal(["a", "b"], sync.FailedWith(SyncFailureKind.Timeout, "a").Arrived);
        Assert.True(other.IsOpen && otherSync.IsOpen);
        group.Sync("c", "y");
        Assert.Equal(1, otherSync.Generation);
    }

    [Fact]
    public void Rule5_TimeoutOfAWaitInAnOpenGroup_ExpectsNobody()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Receive("a", "x");
        group.TimeOut(a, 1);
        Assert.Empty(a.FailedWith(SyncFailureKind.Timeout).Expected);
    }

    [Fact]
    public void Rule9_Abort_EndsThePresentWaitersAndTheMessagesStay()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        group.Send("b", "x", "1");
        Wait all = group.ReceiveAll("a", "x"), sync = group.Sync("b", "x", "2");
        Assert.IsType<Withdrawn>(group.AbortBoard("c", "x", "no disk").Outcome);
        Assert.Equal("no disk", all.FailedWith(SyncFailureKind.Aborted, "c").Reason);
        sync.FailedWith(SyncFailureKind.Aborted, "c");
        Assert.Equal("b=1 b=2", group.Receive("a", "x").Data);
        group.Sync("a", "x");
        group.Sync("c", "x");
        Assert.Equal(1, group.Sync("b", "x").Generation);
    }

    [Fact]
    public void X8_AllWaitForMessages_AreToldTheCycleAndTheNearMiss()
    {
        GroupDriver group = GroupDriver.Closed("client1 server", oneWaitAtATime: true);
        group.Send("server", "server_up");
        Wait client = group.Receive("client1", "server-up");
        Wait server = group.ReceiveAll("server", "done", roster: "client1");
        Failed failed = client.FailedWith(SyncFailureKind.Deadlock);
        Assert.Equal("server waits in 'done' for client1; client1 waits in 'server-up' for server", failed.Reason);
        Assert.Equal("client1 waits for 'server-up', server sent 'server_up'", failed.Hint);
        server.FailedWith(SyncFailureKind.Deadlock);
    }

    [Fact]
    public void X8_OneOfThemSynced_NoDeadlockWhileItsRoundCanBeMet()
    {
        GroupDriver group = GroupDriver.Closed("a b", oneWaitAtATime: true);
        Wait a = group.Sync("a", "x");
        Assert.True(a.IsOpen);
        Wait b = group.Receive("b", "x");
        Assert.Equal("a=-", b.Data);
        Wait stuck = group.Receive("b", "y");
        stuck.FailedWith(SyncFailureKind.Deadlock);
        a.FailedWith(SyncFailureKind.Deadlock);
    }

    [Fact]
    public void Issue3_NearMissInATimeout_NamesSenderAndId()
    {
        var group = new GroupDriver("a b c");
        group.Send("b", "Server_Up");
        group.Send("c", "server.up");
        Wait a = group.Receive("a", "server-up");
        group.TimeOut(a, 1);
        Assert.Equal("a waits for 'server-up', b sent 'Server_Up'", a.Failed.Hint);
    }

    private static void End(GroupDriver group, string member, string how)
    {
        if (how == "lost") group.Lose(member, "its disk broke");
        else if (how == "left") group.Leave(member);
        else group.Ask(member, SessionKind.Group, "g", new Ask(Act.Fail, Text: "its disk broke"));
    }
}
