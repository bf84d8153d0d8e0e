using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>The data row of RULES 5; B4, B6, B7.</summary>
public sealed class DataTests
{
    [Fact]
    public void B7_SomeGiveNothing_TheResultTellsNothingFromEmpty()
    {
        var group = new GroupDriver();
        group.Give("a", "x", "1");
        group.Give("b", "x", null);
        Assert.Equal("a=1 b=- c=", group.Give("c", "x", "").Data);
    }

    [Fact]
    public void B1_WaitersWithDifferentWishes_AreEachToldTheirs()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "x", "1", from: "b");
        group.Give("b", "x", "2");
        Effect[] answers = [.. group.History.Where(e => e.Kind == EffectKind.Answer)];
        Assert.Equal("b", Assert.Single(answers, e => e.Member == "a").From!.ToString());
        Assert.Null(Assert.Single(answers, e => e.Member == "b").From);
        Assert.Same(answers[0].Outcome, answers[1].Outcome);
    }

    [Fact]
    public void Rule5_TimeoutAfterGiving_OnlyTheOwnWaitEndsAndTheDataStays()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Give("a", "x", "1");
        group.TimeOut(a, 60);
        a.FailedWith(SyncFailureKind.Timeout, "a");
        Assert.Equal(0, a.Generation);
        Assert.Equal("a=1 b=2", group.Give("b", "x", "2").Data);
    }

    [Fact]
    public void Rule5_CancelAfterGiving_OnlyTheOwnWaitEndsAndTheDataStays()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Give("a", "x", "1");
        group.Cancel(a);
        Assert.IsType<Withdrawn>(a.Outcome);
        Assert.Equal("a=1 b=2", group.Give("b", "x", "2").Data);
    }

    [Fact]
    public void B4_MemberDiesAfterGiving_TheOthersGetItsDataAndAreTold()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "x", "1");
        group.Advance(3);
        group.Lose("a", "its process ended");
        group.Advance(4);
        Wait b = group.Give("b", "x", "2");
        Assert.Equal("a=1 b=2", b.Data);
        Assert.Equal([new LossFact("a", "its process ended", TimeSpan.FromSeconds(4), "x")], b.Released.Lost);
    }

    [Fact]
    public void B4_MemberDiesBeforeGiving_FailsAllTheOthersAtOnce()
    {
        var group = new GroupDriver();
        Wait a = group.Give("a", "x", "1");
        group.Lose("b");
        a.FailedWith(SyncFailureKind.MemberLost, "b");
    }

    [Fact]
    public void Rule5_MemberLeavesAfterGiving_TheDataStays()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "x", "1");
        group.Leave("a");
        Wait b = group.Give("b", "x", "2");
        Assert.Equal("a=1 b=2", b.Data);
        Assert.Equal("a", Assert.Single(b.Released.Lost).Member);
    }

    [Fact]
    public void Rule5_MemberLeavesBeforeGiving_BreaksItForAll()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Give("a", "x", "1");
        group.Leave("b");
        a.FailedWith(SyncFailureKind.MemberLeft, "b");
    }

    [Fact]
    public void B6_LateComerThatGaveBefore_GetsThatRoundsResultAndThenTheNextRound()
    {
        var group = new GroupDriver("a b");
        group.TimeOut(group.Give("a", "x", "1"), 1);
        Wait b = group.Give("b", "x", "2");
        Wait late = group.Give("a", "x", "another");
        Assert.Same(b.Released, late.Released);
        Assert.Equal("a=1 b=2", late.Data);
        Assert.True(group.Give("a", "x", "3").IsOpen);
    }

    [Fact]
    public void B6_LateComerThatIsNoMember_GetsAClearError()
    {
        var group = new GroupDriver("a b s");
        group.Give("a", "x", "1", "a b");
        group.Give("b", "x", "2", "a b");
        string? reason = group.Give("s", "x", "3", "a b").FailedWith(SyncFailureKind.Refused).Reason;
        Assert.Contains("s is not one of the members", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void B6_SameSessionAgain_IsTheNextRound()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "x", "1");
        group.Give("b", "x", "2");
        group.Give("b", "x", "4");
        Wait a = group.Give("a", "x", "3");
        Assert.Equal("a=3 b=4", a.Data);
        Assert.Equal(2, a.Generation);
    }

    [Fact]
    public void Rule5_ComesBackIntoTheOpenRound_MayGiveAgainAndKeepsItsPlace()
    {
        var group = new GroupDriver("a b");
        group.TimeOut(group.Give("a", "x", "1"));
        Wait a = group.Give("a", "x", "one");
        group.Give("b", "x", "2");
        Assert.Equal("a=one b=2", a.Data);
        Assert.Equal("b", a.Released.Straggler);
    }

    [Fact]
    public void Rule5_ComesBackWithoutData_WhatItGaveStays()
    {
        var group = new GroupDriver("a b");
        group.Cancel(group.Give("a", "x", "1"));
        Wait a = group.Give("a", "x", null);
        group.Give("b", "x", "2");
        Assert.Equal("a=1 b=2", a.Data);
    }

    [Fact]
    public void B4_GiverIsRestarted_ItsDataStaysAndTheNewStartGetsTheResult()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "x", "1");
        group.Lose("a");
        group.Restart("a");
        group.Give("b", "x", "2");
        Assert.Equal("a=1 b=2", group.Give("a", "x", "again").Data);
    }

    [Fact]
    public void B4_GiverIsDisposed_ItsDataStaysForTheOthersAndTheResultForIt()
    {
        var group = new GroupDriver("a b");
        group.Cancel(group.Give("a", "x", "1"));
        group.Depart("a");
        group.Give("b", "x", "2");
        group.Join("a");
        Assert.Equal("a=1 b=2", group.Give("a", "x", "again").Data);
    }
}
