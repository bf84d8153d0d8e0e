using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>The other two forms: a number that all waiters state (V1), and initialisers that name the waiters (RULES 15).</summary>
public sealed class CountFormsTests
{
    private readonly GroupDriver _group = new("a b c d e");

    [Fact]
    public void V1_AllStateTheSameNumber_AreReleasedTogether()
    {
        Wait a = _group.Count("a", 3);
        Wait b = _group.Count("b", 3);
        Assert.True(a.IsOpen && b.IsOpen);
        Wait c = _group.Count("c", 3);
        Assert.Same(a.Released, b.Released);
        Assert.Equal((3, "c"), (c.Released.Count, c.Released.Straggler));
        Assert.Equal(["a -1", "b -1", "c -1"], c.Released.Contributions!.Select(each => $"{each.Member} {each.Number}"));
    }

    [Fact]
    public void V1_One_IsReleasedAtOnce() => Assert.Null(_group.Count("a", 1).Released.Straggler);

    [Fact]
    public void V1_AnotherNumber_IsAMismatchForAllThatNamesBoth()
    {
        Wait a = _group.Count("a", 3);
        Wait b = _group.Count("b", 3);
        Wait c = _group.Count("c", 2);
        Assert.Equal("c waits as one of 2, a waits as one of 3", c.FailedWith(SyncFailureKind.Mismatch, "c").Reason);
        Assert.All([a, b], each => Assert.Same(c.Failed, each.Failed));
        Assert.Equal((1, 1), (a.Generation, c.Generation));
        Assert.Equal(0, _group.Coordinator.KeptRounds);
    }

    [Fact]
    public void V1_ParticipantIsLost_IsUndoneAndTheOthersWaitOn()
    {
        Wait a = _group.Count("a", 2);
        _group.Lose("a");
        Wait b = _group.Count("b", 2);
        Assert.True(b.IsOpen);
        _group.Count("c", 2);
        Assert.Equal(2, b.Released.Count);
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void V1_AllGaveUp_AnotherNumberMayBeStated()
    {
        Wait a = _group.Count("a", 3);
        _group.TimeOut(a, 5);
        Assert.Equal("a gave up after 00:00:05; 1 of 3 wait", a.FailedWith(SyncFailureKind.Timeout).Reason);
        Assert.Null(_group.Count("a", 1).Released.Straggler);
    }

    [Theory]
    [InlineData((int)Act.Initialize, "b initialises it with 2, a waits as one of 3")]
    [InlineData((int)Act.Add, "b initialises it with 2, a waits as one of 3")]
    [InlineData((int)Act.Wait, "b waits without a number, to be counted by an initialiser, a waits as one of 3")]
    public void Rule15_ParticipantsFirst_AnythingElseIsAMismatchForAll(int act, string reason)
    {
        Wait a = _group.Count("a", 3);
        Wait b = _group.Ask("b", SessionKind.Count, "x", new Ask((Act)act, act == (int)Act.Wait ? 0 : 2));
        Assert.Equal(reason, a.FailedWith(SyncFailureKind.Mismatch, "b").Reason);
        Assert.Same(a.Failed, b.Failed);
        Assert.Equal((0, 0), (_group.Coordinator.KeptRounds, (int)_group.Coordinator.KeptBytes));
    }

    [Theory]
    [InlineData((int)Act.Initialize)]
    [InlineData((int)Act.Wait)]
    public void Rule15_ParticipantsComeToACount_IsAMismatchForAll(int act)
    {
        Wait a = _group.Ask("a", SessionKind.Count, "x", new Ask((Act)act, act == (int)Act.Wait ? 0 : 2));
        Wait b = _group.Count("b", 3);
        a.FailedWith(SyncFailureKind.Mismatch, "b");
        Assert.Same(a.Failed, b.Failed);
    }

    [Fact]
    public void Rule15_ParticipantsComeToACredit_AreToldThatItStaysUntilCleared()
    {
        _group.Add("a", 2);
        Assert.Contains("a initialises it with 2", _group.Count("b", 3).FailedWith(SyncFailureKind.Mismatch).Reason, StringComparison.Ordinal);
        Assert.Contains("cleared", _group.Count("b", 3).FailedWith(SyncFailureKind.Mismatch).Reason, StringComparison.Ordinal);
        _group.Clear("b");
        Assert.True(_group.Count("b", 3).IsOpen);
    }

    [Fact]
    public void Rule4_WhoCausedTheMismatch_IsOwedItToo()
    {
        _group.WithholdAcknowledgements("b");
        _group.Count("a", 3);
        _group.Count("b", 2);
        _group.Lose("b");
        _group.Restart("b");
        _group.Count("b", 3).FailedWith(SyncFailureKind.Mismatch, "b");
    }

    [Fact]
    public void Rule15_NamedWaiters_AreReleasedWhenAllOfThemWait()
    {
        Wait b = _group.Count("b");
        Wait a = _group.InitializeFor("a", "b c");
        Assert.True(a.IsOpen);
        Wait c = _group.Count("c");
        Assert.Equal(3, c.Released.Count);
        Assert.Same(a.Released, b.Released);
        Assert.Equal(["b -1", "a 2", "c -1"], a.Released.Contributions!.Select(each => $"{each.Member} {each.Number}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rule15_Stranger_FailsAloneWheneverItComes(bool strangerFirst)
    {
        Wait? d = strangerFirst ? _group.Count("d") : null;
        Wait a = _group.InitializeFor("a", "b c");
        d ??= _group.Count("d");
        Assert.Contains("not one of those that are named", d.FailedWith(SyncFailureKind.Mismatch, "d").Reason, StringComparison.Ordinal);
        Assert.Equal(0, d.Generation);
        _group.Count("b");
        Assert.True(a.IsOpen);
        _group.Count("c");
        Assert.Equal(3, a.Released.Count);
    }

    [Fact]
    public void Rule15_StrangersComeFirst_TheyDoNotReleaseTheRoundOneShort()
    {
        _group.Count("d");
        _group.Count("e");
        Assert.True(_group.InitializeFor("a", "b c").IsOpen);
    }

    [Fact]
    public void Rule15_InitialiserNamesItself_IsRefusedWithTheRemedy()
    {
        Wait a = _group.InitializeFor("a", "a b");
        Assert.Contains("name only the others", a.FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(0, _group.Coordinator.KeptRounds);
    }

    [Fact]
    public void Rule15_AsynchronousInitialiserNamesItself_AndWaitsThen()
    {
        _group.Add("a", 0, roster: "a b");
        Wait a = _group.Count("a");
        _group.Count("b");
        Assert.Equal(2, a.Released.Count);
    }

    [Fact]
    public void Rule15_SecondInitialiserNamesTheSame_NothingAddsUp()
    {
        Wait a = _group.InitializeFor("a", "b c");
        Wait d = _group.InitializeFor("d", "b c");
        _group.Count("b");
        _group.Count("c");
        Assert.Equal(4, a.Released.Count);
        Assert.Equal([2, 0, -1, -1], d.Released.Contributions!.Select(each => each.Number));
    }

    [Theory]
    [InlineData("b", 0)]
    [InlineData("", 2)]
    public void Rule15_SecondInitialiserNamesOthersOrNobody_IsAMismatchForAll(string roster, int number)
    {
        Wait a = _group.InitializeFor("a", "b c");
        Wait b = _group.Count("b");
        Wait d = _group.Initialize("d", number, roster: roster);
        Assert.Contains("a initialises it for [b, c]", d.FailedWith(SyncFailureKind.Mismatch, "d").Reason, StringComparison.Ordinal);
        Assert.All([a, b], each => Assert.Same(d.Failed, each.Failed));
    }

    [Fact]
    public void Rule15_TheOnlyNamingInitialiserGivesUp_WaitersWaitForAnotherOne()
    {
        Wait a = _group.InitializeFor("a", "b c");
        Wait b = _group.Count("b");
        _group.TimeOut(a, 5);
        Failed failed = a.FailedWith(SyncFailureKind.Timeout, "a");
        Assert.Equal(["b", "c"], failed.Expected);
        Assert.Equal(["b"], failed.Arrived);
        Assert.Equal("c", Assert.Single(failed.Missing).Id);
        _group.Initialize("a", 1);
        Assert.Equal(2, b.Released.Count);
    }

    [Theory]
    [InlineData("lost", SyncFailureKind.MemberLost)]
    [InlineData("left", SyncFailureKind.MemberLeft)]
    [InlineData("failed", SyncFailureKind.MemberFailed)]
    public void X6_NamedMemberGoesBeforeItWaits_BreaksTheRoundForAll(string how, SyncFailureKind kind)
    {
        Wait a = _group.InitializeFor("a", "b c");
        Wait b = _group.Count("b");
        Go("c", how);
        a.FailedWith(kind, "c");
        Assert.Same(a.Failed, b.Failed);
    }

    [Fact]
    public void X6_NamedMemberWasGoneBefore_FailsAtOnce()
    {
        _group.Lose("c");
        Wait b = _group.Count("b");
        Assert.True(b.IsOpen);
        Wait a = _group.InitializeFor("a", "b c");
        a.FailedWith(SyncFailureKind.MemberLost, "c");
        Assert.Same(a.Failed, b.Failed);
    }

    [Fact]
    public void X6_NamedMemberIsLostWhileItWaits_BreaksTheRoundForAll()
    {
        Wait a = _group.InitializeFor("a", "b c");
        _group.Count("b");
        _group.Lose("b");
        a.FailedWith(SyncFailureKind.MemberLost, "b");
    }

    [Fact]
    public void Rule7_NamedMemberIsAbsent_IsWaitedFor()
    {
        Wait a = _group.InitializeFor("a", "b c");
        _group.Count("b");
        _group.Depart("b");
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void Rule7_AllWaitForReturn_TheLostOneMayComeAgain()
    {
        Wait a = _group.InitializeFor("a", "b c", EnterFlags.WaitForReturn);
        _group.Count("b", flags: EnterFlags.WaitForReturn);
        _group.Lose("b");
        _group.Restart("b");
        _group.Count("b", flags: EnterFlags.WaitForReturn);
        Assert.True(a.IsOpen);
        _group.Count("c");
        Assert.Equal(3, a.Released.Count);
    }

    [Fact]
    public void X6_OneDoesNotWaitForTheReturn_FailsAtOnceForAll()
    {
        _group.Lose("b");
        Wait a = _group.InitializeFor("a", "b c", EnterFlags.WaitForReturn);
        Assert.True(a.IsOpen);
        _group.Count("c").FailedWith(SyncFailureKind.MemberLost, "b");
        a.FailedWith(SyncFailureKind.MemberLost, "b");
    }

    [Fact]
    public void Rule5_NamedCredit_OutlivesTheRoundThatBroke()
    {
        _group.Add("a", 0, roster: "b c");
        _group.Lose("c");
        _group.Count("b").FailedWith(SyncFailureKind.MemberLost, "c");
        _group.Restart("c");
        Wait c = _group.Count("c");
        _group.Count("b");
        Assert.Equal(2, c.Released.Count);
        Assert.Equal(0, _group.Coordinator.KeptBytes);
    }

    [Fact]
    public void X6_NamedMemberIsNotOfTheGroup_IsRefused()
    {
        _group.Declare("a b c", "a b c");
        Assert.Contains("nobody", _group.InitializeFor("a", "b nobody").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void X8_NamedMemberWaitsElsewhere_IsInTheCycle()
    {
        var group = new GroupDriver("a b");
        group.Declare("a b", "a b", oneWaitAtATime: true);
        Wait a = group.InitializeFor("a", "b");
        group.Enter("b", "y");
        Assert.Equal("b waits in 'y' for a; a waits in 'x' for b", a.FailedWith(SyncFailureKind.Deadlock).Reason);
    }

    private void Go(string member, string how)
    {
        if (how == "lost") _group.Lose(member);
        else if (how == "left") _group.Leave(member);
        else _group.Ask(member, SessionKind.Group, "g", new Ask(Act.Fail, Text: "broken"));
    }
}
