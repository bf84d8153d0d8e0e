using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Emulab's counted barrier: E1 to E5, E9 and E10.</summary>
public sealed class CountTests
{
    private readonly GroupDriver _group = new("a b c d");

    [Fact]
    public void E2_InitialiserCountsTheWaiters_AndIsNotCountedItself()
    {
        Wait initialiser = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        Assert.True(initialiser.IsOpen && b.IsOpen);
        Wait c = _group.Count("c");
        Assert.Equal(3, initialiser.Released.Count);
        Assert.Same(initialiser.Released, b.Released);
        Assert.Same(initialiser.Released, c.Released);
        Assert.Equal("c", c.Released.Straggler);
    }

    [Fact]
    public void E2_InitialiserAlone_BlocksUntilTheRelease()
    {
        Wait initialiser = _group.Initialize("a", 1);
        Assert.True(initialiser.IsOpen);
        _group.Count("b");
        Assert.Equal(2, initialiser.Released.Count);
    }

    [Fact]
    public void E2_SeveralInitialisers_AddUp()
    {
        Wait a = _group.Initialize("a", 1);
        Wait b = _group.Initialize("b", 1);
        Wait c = _group.Count("c");
        Assert.True(a.IsOpen && b.IsOpen && c.IsOpen);
        _group.Count("d");
        Assert.All([a, b, c], each => Assert.Equal(4, each.Released.Count));
    }

    [Fact]
    public void E2_Released_TheNameIsFreeAgain()
    {
        for (int round = 1; round <= 3; round++)
        {
            Wait initialiser = _group.Initialize("a", 1);
            Wait b = _group.Count("b");
            Assert.Equal((round, round), (initialiser.Generation, b.Generation));
        }
        Assert.Equal(0, _group.Coordinator.KeptRounds);
    }

    [Fact]
    public void E3_WaitersFirst_TheSumIsNegativeUntilTheInitialiserComes()
    {
        Wait b = _group.Count("b");
        Wait c = _group.Count("c");
        Assert.True(b.IsOpen && c.IsOpen);
        Wait a = _group.Initialize("a", 2);
        Assert.Equal(3, a.Released.Count);
        Assert.Equal("a", b.Released.Straggler);
    }

    [Fact]
    public void E3_MoreWaitThanWereCounted_NobodyIsReleasedUntilTheRestIsCounted()
    {
        Wait b = _group.Count("b");
        Wait c = _group.Count("c");
        Wait a = _group.Initialize("a", 1);
        Assert.True(a.IsOpen && b.IsOpen && c.IsOpen);
        _group.Add("d", 1);
        Assert.Equal(3, c.Released.Count);
    }

    [Fact]
    public void E4_AsynchronousInitialiser_IsAnsweredAtOnceAndItsNumberStays()
    {
        Assert.Same(Released.Nothing, _group.Add("a", 2).Outcome);
        Wait b = _group.Count("b");
        Assert.True(b.IsOpen);
        _group.Count("c");
        Assert.Equal(2, b.Released.Count);
    }

    [Fact]
    public void E4_AddIsTheLastThatWasMissing_ReleasesTheWaiters()
    {
        Wait b = _group.Count("b");
        Assert.Same(Released.Nothing, _group.Add("a", 1).Outcome);
        Assert.Equal(1, b.Released.Count);
        Assert.Null(b.Released.Straggler);
    }

    [Fact]
    public void E4_AddAndThenWait_TheSameMemberIsOneOfTheWaiters()
    {
        _group.Add("a", 2);
        Wait a = _group.Count("a");
        _group.Count("b");
        Assert.Equal(2, a.Released.Count);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("absent")]
    [InlineData("left")]
    public void Rule5_AddsMemberIsGone_ItsNumberStays(string how)
    {
        _group.Add("a", 1);
        if (how == "lost") _group.Lose("a");
        else _group.Depart("a", left: how == "left");
        Assert.Equal(1, _group.Count("b").Released.Count);
    }

    [Fact]
    public void E5_Codes_TheMaximumGoesToAllWithThoseWhoReportedIt()
    {
        Wait a = _group.Initialize("a", 3, code: 2);
        _group.Count("b", code: 7);
        _group.Count("c");
        Wait d = _group.Count("d", code: 7);
        Assert.Equal(7, a.Released.Code);
        Assert.Equal(["b", "d"], d.Released.CodeBy!);
    }

    [Fact]
    public void E5_CodeOfAnAdd_Counts()
    {
        _group.Add("a", 1, code: 3);
        Wait b = _group.Count("b", code: 1);
        Assert.Equal((3, "a"), (b.Released.Code, Assert.Single(b.Released.CodeBy!)));
    }

    [Fact]
    public void E5_NobodyReportsACode_NobodyIsNamed()
    {
        _group.Add("a", 1);
        Wait b = _group.Count("b");
        Assert.Equal(0, b.Released.Code);
        Assert.Null(b.Released.CodeBy);
    }

    [Fact]
    public void E5_CodeOfAWaitThatWasTakenBack_DoesNotCount()
    {
        _group.Cancel(_group.Count("b", code: 9));
        _group.Add("a", 1);
        Assert.Equal(0, _group.Count("c").Released.Code);
    }

    [Fact]
    public void E5_NegativeCode_IsRefused() => _group.Count("a", code: -1).FailedWith(SyncFailureKind.Refused);

    [Fact]
    public void E9_Clear_EndsAllWaitsAndForgetsWhatWasCounted()
    {
        Wait a = _group.Initialize("a", 3);
        Wait b = _group.Count("b");
        _group.Add("c", 5);
        Assert.Same(Released.Nothing, _group.Clear("d").Outcome);
        Assert.Null(a.FailedWith(SyncFailureKind.Cleared, "d").Reason);
        Assert.Same(a.Failed, b.Failed);
        Assert.Equal((0, 0), (_group.Coordinator.KeptRounds, (int)_group.Coordinator.KeptBytes));
        Assert.True(_group.Count("b").IsOpen);
    }

    [Fact]
    public void E9_ClearNothing_IsFine() => Assert.Same(Released.Nothing, _group.Clear("a").Outcome);

    [Fact]
    public void E9_ClearCredits_TheNextWaiterIsNotReleasedByThem()
    {
        _group.Add("a", 1);
        _group.Clear("a");
        Assert.True(_group.Count("b").IsOpen);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("absent")]
    [InlineData("left")]
    [InlineData("cancelled")]
    [InlineData("timed out")]
    public void E10_WaiterIsGone_ItIsUndoneAndTheOthersAreNotReleasedOneShort(string how)
    {
        Wait a = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        End(b, how);
        Wait c = _group.Count("c");
        Assert.True(a.IsOpen && c.IsOpen);
        _group.Count("d");
        Assert.Equal(3, a.Released.Count);
        Assert.DoesNotContain("b", a.Released.Arrivals!.Select(each => each.Member));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("absent")]
    [InlineData("left")]
    [InlineData("cancelled")]
    [InlineData("timed out")]
    public void E10_RemovalReachesZero_IsJudgedAgain(string how)
    {
        Wait b = _group.Count("b");
        Wait c = _group.Count("c");
        Wait a = _group.Initialize("a", 1);
        Assert.True(a.IsOpen && b.IsOpen && c.IsOpen);
        End(b, how);
        Assert.Equal(2, a.Released.Count);
        Assert.Same(a.Released, c.Released);
    }

    [Fact]
    public void E10_InitialiserIsLost_ItsNumberIsTakenBackAndTheSumJudgedAgain()
    {
        Wait a = _group.Initialize("a", 2);
        _group.Add("d", 1);
        Wait c = _group.Count("c");
        Assert.True(c.IsOpen);
        _group.Lose("a");
        Assert.Equal(1, c.Released.Count);
        Assert.True(a.IsOpen);
        _group.Return("a", a);
        _group.ResendCount(a, Act.Initialize, 2);
        a.FailedWith(SyncFailureKind.MemberLost, "a");
    }

    [Fact]
    public void E10_TheOnlyInitialiserIsGone_ZeroWaitersWithoutItReleaseNobody()
    {
        Wait a = _group.Initialize("a", 1);
        _group.Cancel(a);
        Assert.Equal(0, _group.Coordinator.KeptRounds);
        Assert.True(_group.Count("b").IsOpen);
    }

    [Fact]
    public void E_DeadWaiter_DoesNotLoseTheWholeCount()
    {
        Wait a = _group.Initialize("a", 2);
        _group.Count("b");
        _group.Lose("b");
        _group.Restart("b");
        Wait again = _group.Count("b");
        Assert.True(again.IsOpen && a.IsOpen);
        _group.Count("c");
        Assert.Equal(3, again.Released.Count);
    }

    [Fact]
    public void E_MoreWaitersThanTheOriginalCouldBear_AreReleasedTogether()
    {
        string[] members = [.. Enumerable.Range(0, 2000).Select(i => $"m{i}")];
        var group = new GroupDriver(string.Join(' ', members));
        Wait[] waits = Array.ConvertAll(members, member => group.Count(member));
        group.Add("m0", members.Length);
        Assert.All(waits, each => Assert.Equal(members.Length, each.Released.Count));
        Assert.Null(waits[0].Released.Arrivals);
    }

    [Fact]
    public void E_StrayWaiterOfARound_DoesNotMakeTheNextOneReleaseOneShort()
    {
        Wait stray = _group.Count("d");
        _group.TimeOut(stray, 1);
        Wait a = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        Assert.True(a.IsOpen && b.IsOpen);
        _group.Count("c");
        Assert.Equal(3, a.Released.Count);
    }

    [Fact]
    public void Rule15_StrayThatWaits_IsNamedInTheResult()
    {
        _group.Count("d");
        Wait a = _group.Initialize("a", 2);
        _group.Count("b");
        Assert.Equal(["d -1", "a 2", "b -1"], a.Released.Contributions!.Select(each => $"{each.Member} {each.Number}"));
    }

    [Fact]
    public void X2_SentAgain_CountsOnce()
    {
        Wait a = _group.Initialize("a", 2);
        Wait b = _group.Count("b");
        _group.Reconnect("b");
        _group.Resume("b", b);
        _group.ResendCount(b, Act.Wait);
        _group.ResendCount(a, Act.Initialize, 2);
        Assert.True(a.IsOpen && b.IsOpen);
        _group.Count("c");
        Assert.Equal(3, b.Released.Count);
    }

    [Fact]
    public void X2_AddSentAgain_CountsOnce()
    {
        _group.WithholdAcknowledgements("a");
        Wait add = _group.Add("a", 1);
        _group.ResendCount(add, Act.Add, 1);
        Assert.Equal(2, add.Answers.Count);
        Assert.Equal(1, _group.Count("b").Released.Count);
        Assert.True(_group.Count("c").IsOpen);
    }

    private void End(Wait wait, string how)
    {
        if (how == "lost") _group.Lose(wait.Member);
        else if (how == "cancelled") _group.Cancel(wait);
        else if (how == "timed out") _group.TimeOut(wait, 1);
        else _group.Depart(wait.Member, left: how == "left");
    }
}
