using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>L2, L3: messages stay, and meet waits for any.</summary>
public sealed class BoardMessageTests
{
    [Fact]
    public void L2_Send_IsAnsweredAtOnceAndMeetsALaterWait()
    {
        var group = new GroupDriver("a b");
        Assert.Same(Released.Nothing, group.Send("a", "x", "1").Outcome);
        Assert.Equal("a=1", group.Receive("b", "x").Data);
        Assert.Equal("a=1", group.Receive("b", "x").Data);
    }

    [Fact]
    public void L2_SenderIsLostLeavesOrRestarts_TheMessageStays()
    {
        var group = new GroupDriver("a b c d");
        foreach (string sender in new[] { "a", "b", "c" }) group.Send(sender, "x", sender);
        group.Lose("a");
        group.Leave("b");
        group.Lose("c");
        group.Restart("c");
        Assert.Equal("a=a b=b c=c", group.Receive("d", "x").Data);
    }

    [Fact]
    public void L3_WaitBeforeAnySend_IsMetByTheFirstOne()
    {
        var group = new GroupDriver();
        Wait a = group.Receive("a", "x"), b = group.Receive("b", "x");
        Assert.True(a.IsOpen);
        group.Send("c", "x", "1");
        Assert.Equal("c=1", a.Data);
        Assert.Equal("c=1", b.Data);
    }

    [Fact]
    public void L3_Answer_TellsSenderRoleNumberContractAndTime()
    {
        var group = new GroupDriver("a");
        group.Join("s", "server");
        group.Send("s", "x", "1", "Node");
        group.Advance(3);
        group.Send("s", "x");
        group.Advance(1);
        Released told = group.Receive("a", "x").Released;
        Assert.Equal(1, told.Count);
        Assert.Null(told.Straggler);
        Assert.Null(told.Arrivals);
        Assert.Empty(told.Lost);
        Assert.Equal(("s", "Node", 1L, TimeSpan.FromSeconds(4), "server"), Facts(told.Contributions![0]));
        Assert.Equal(("s", null, 2L, TimeSpan.FromSeconds(1), "server"), Facts(told.Contributions[1]));
        Assert.Null(told.Contributions[1].Data);
    }

    [Fact]
    public void L3_OnlyWhatIsNew_IsToldAndWaitedFor()
    {
        var group = new GroupDriver("a b");
        group.Send("a", "x", "1");
        group.Send("a", "x", "2");
        Assert.Equal("a=2", group.Receive("b", "x", after: 1).Data);
        Wait b = group.Receive("b", "x", after: 2);
        Assert.True(b.IsOpen);
        group.Send("b", "x", "3");
        Assert.Equal("b=3", b.Data);
    }

    [Fact]
    public void L3_ManyWaitersWithDifferentWishes_AreEachToldTheirs()
    {
        var group = new GroupDriver("a b c d");
        group.Send("a", "x", "1");
        Wait a = group.Receive("a", "x", after: 1), b = group.Receive("b", "x", after: 1);
        Wait other = group.Receive("d", "x", 1, EnterFlags.ExcludeSelf), late = group.Receive("c", "x", after: 2);
        group.Send("b", "x", "2");
        Assert.Equal(("b=2", "b=2", "b=2"), (a.Data, b.Data, other.Data));
        Assert.True(late.IsOpen);
    }

    [Fact]
    public void Rule14_OwnSends_CountUnlessExcluded()
    {
        var group = new GroupDriver("a b");
        group.Send("a", "x", "1");
        Assert.Equal("a=1", group.Receive("a", "x").Data);
        Wait others = group.Receive("a", "x", flags: EnterFlags.ExcludeSelf);
        group.Send("a", "x", "2");
        Assert.True(others.IsOpen);
        group.Send("b", "x", "3");
        Assert.Equal("b=3", others.Data);
        Assert.Equal(1, others.Released.Count);
        group.Send("a", "x", "4");
        Assert.True(group.Receive("a", "x", 3, EnterFlags.ExcludeSelf).IsOpen);
        Assert.Equal("b=3", group.Receive("a", "x", 2, EnterFlags.ExcludeSelf).Data);
    }

    [Theory]
    [InlineData(0, "a=1 b=2")]
    [InlineData(1, "b=2")]
    [InlineData(2, "")]
    [InlineData(-5, "a=1 b=2")]
    [InlineData(long.MaxValue, "")]
    public void Rule6_Peek_ShowsWhatIsThereWithoutWaiting(long after, string shown)
    {
        var group = new GroupDriver("a b");
        group.Send("a", "x", "1");
        group.Send("b", "x", "2");
        Assert.Equal(shown, group.Peek("b", "x", after).Data);
        Assert.Equal(2, group.Peek("b", "x", after).Released.Count);
    }

    [Fact]
    public void Rule6_PeekAtNothing_IsAnsweredAndKeepsNothing()
    {
        var group = new GroupDriver("a");
        Assert.Equal("", group.Peek("a", "x").Data);
        group.Depart("a");
        Assert.True(group.Coordinator.IsIdle);
    }

    [Theory]
    [InlineData("free-space=10 GB")]
    [InlineData("a b\\c*d>e=f\n\0ü")]
    [InlineData("")]
    public void L_FaultsNotInherited_ValuesAreNotMangled(string data)
    {
        var group = new GroupDriver("a b");
        group.Send("a", "server-ip=1", data);
        Assert.Equal($"a={data}", group.Receive("b", "server-ip=1").Data);
    }

    [Fact]
    public void X2_SentAgainAfterAReconnect_CountsOnce()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait send = group.Send("a", "x", "1");
        group.Return("a", send);
        group.Resend(send);
        Assert.Equal(2, send.Answers.Count);
        Assert.Equal("a=1", group.Peek("b", "x").Data);
    }

    [Fact]
    public void X5_MetWhileTheAnswerWasLost_IsAnsweredTheSameAfterTheReturn()
    {
        var group = new GroupDriver("a b");
        group.WithholdAcknowledgements("a");
        Wait a = group.Receive("a", "x");
        group.Send("b", "x", "1");
        group.Return("a", a);
        group.Send("b", "x", "2");
        group.Resend(a);
        Assert.Equal(2, a.Answers.Count);
        Assert.Same(a.Answers[0].Outcome, a.Answers[1].Outcome);
    }

    [Fact]
    public void MaxKeptBytes_OneMore_IsRefusedAndHarmsNobody()
    {
        var group = new GroupDriver("a b", new CoordinatorOptions { MaxKeptBytes = 500 });
        Wait b = group.Receive("b", "x", after: 1);
        group.Send("a", "x", "1");
        long kept = group.Coordinator.KeptBytes;
        Assert.InRange(kept, 4, 500);
        Assert.Contains("MaxKeptBytes", group.Send("a", "x", new string('2', 400)).FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(kept, group.Coordinator.KeptBytes);
        Assert.True(b.IsOpen);
        group.Send("a", "x", "3");
        Assert.Equal("a=3", b.Data);
    }

    [Fact]
    public void MaxKeptBytes_MessagesWithoutData_AreBoundedAsWell()
    {
        var group = new GroupDriver("a", new CoordinatorOptions { MaxKeptBytes = 1000 });
        int sent = 0;
        while (group.Send("a", "x").Outcome is Released) Assert.InRange(++sent, 0, 1000);
        group.Declare("a", "a");
        group.Sync("a", "x").FailedWith(SyncFailureKind.Refused);
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Fact]
    public void IsIdle_AMessageThatNobodyRead_IsKeptForThoseWhoCome()
    {
        var group = new GroupDriver("a");
        group.Send("a", "x", "1");
        group.Depart("a");
        Assert.False(group.Coordinator.IsIdle);
        group.Advance(1000);
        group.Join("b");
        Assert.Equal("a=1", group.Receive("b", "x").Data);
    }

    [Fact]
    public void MaxSessions_ABoardWithMessages_IsNotThrownAway()
    {
        var group = new GroupDriver("a", new CoordinatorOptions { MaxSessions = 2 });
        group.Send("a", "x", "1");
        group.Peek("a", "y");
        group.Send("a", "z", "2");
        group.Send("a", "w").FailedWith(SyncFailureKind.Refused);
        Assert.Equal("a=1", group.Receive("a", "x").Data);
    }

    private static (string, string?, long, TimeSpan, string?) Facts(Contribution told) => (told.Member, told.Contract, told.Number, told.Ago, told.Role);
}
