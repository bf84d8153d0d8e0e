using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>How a generation fills and is released: RULES 4, 6, 12, 16.</summary>
public sealed class ArrivalTests
{
    [Fact]
    public void X1_AllButOneEntered_NobodyIsReleased()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        Wait b = group.Enter("b", "x");
        Assert.True(a.IsOpen && b.IsOpen);
    }

    [Fact]
    public void X3_LastOneEnters_AllGetTheSameOutcomeOfOneGeneration()
    {
        var group = new GroupDriver();
        Wait[] waits = [group.Enter("a", "x"), group.Enter("b", "x"), group.Enter("c", "x")];
        Assert.All(waits, wait => Assert.Same(waits[0].Released, wait.Released));
        Assert.All(waits, wait => Assert.Equal(1, wait.Generation));
        Assert.Equal(3, waits[0].Released.Count);
    }

    [Fact]
    public void A9_RosterOfJustMe_ReleasesAtOnceWithoutStraggler()
    {
        var group = new GroupDriver("a");
        Released met = group.Enter("a", "x").Released;
        Assert.Equal(1, met.Count);
        Assert.Null(met.Straggler);
    }

    [Fact]
    public void Rule16_SmallGroup_ReleaseHasOrderOfArrivalWaitingTimesAndStraggler()
    {
        var group = new GroupDriver();
        Wait b = group.Enter("b", "x");
        group.Advance(2);
        group.Enter("c", "x");
        group.Advance(1);
        group.Enter("a", "x");
        Assert.Equal("a", b.Released.Straggler);
        Assert.Equal(
            [new ArrivalFact("b", Seconds(3)), new ArrivalFact("c", Seconds(1)), new ArrivalFact("a", Seconds(0))],
            b.Released.Arrivals!);
    }

    [Fact]
    public void Rule16_WithdrawnAndBack_OrderOfArrivalIsThatOfTheLastEntry()
    {
        var group = new GroupDriver();
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        group.Cancel(a);
        a = group.Enter("a", "x");
        group.Enter("c", "x");
        Assert.Equal(["b", "a", "c"], a.Released.Arrivals!.Select(each => each.Member));
    }

    [Theory]
    [InlineData(64, false, 64)]
    [InlineData(65, false, null)]
    [InlineData(65, true, 65)]
    public void Rule16_ManyMembers_ArrivalsGoAlongUpTo64AndOnRequestAbove(int members, bool onRequest, int? arrivals)
    {
        string[] names = [.. Enumerable.Range(100, members).Select(i => $"m{i}")];
        var group = new GroupDriver(string.Join(' ', names));
        Wait first = group.Enter(names[0], "x", flags: onRequest ? EnterFlags.WantArrivals : default);
        foreach (string name in names[1..]) group.Enter(name, "x");
        Assert.Equal(arrivals, first.Released.Arrivals?.Count);
        Assert.Equal(names[^1], first.Released.Straggler);
    }

    [Fact]
    public void X7_SameNameAgain_IsTheNextGeneration()
    {
        var group = new GroupDriver("a b");
        for (int round = 1; round <= 3; round++)
        {
            Wait a = group.Enter("a", "x");
            Assert.True(a.IsOpen);
            Assert.Equal(round, group.Enter("b", "x").Generation);
            Assert.Equal(round, a.Generation);
        }
    }

    [Fact]
    public void Rule11_SameNameInAnotherKind_IsAnotherSession()
    {
        var group = new GroupDriver("a b");
        Wait barrier = group.Enter("a", "x");
        Wait data = group.Give("b", "x", "1");
        Assert.True(barrier.IsOpen && data.IsOpen);
    }

    [Fact]
    public void Rule4_UnfinishedWaitInOtherSessions_DoNotMix()
    {
        var group = new GroupDriver("a b");
        Wait first = group.Enter("a", "x");
        Wait second = group.Enter("a", "y");
        group.Enter("b", "y");
        Assert.True(first.IsOpen);
        Assert.IsType<Released>(second.Outcome);
    }

    [Fact]
    public void Rule4_ExpectedGenerationIsThatOfTheOthers_Enters()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x");
        group.Enter("b", "x");
        Wait a = group.Enter("a", "x", expected: 2);
        group.Enter("b", "x", expected: 2);
        Assert.Equal(2, a.Generation);
        Assert.IsType<Released>(a.Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rule4_OtherGenerationExpected_OnlyThatMemberFailsWithAnExplanation(long expected)
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x");
        group.Enter("b", "x");
        Wait a = group.Enter("a", "x", expected: 2);
        Wait b = group.Enter("b", "x", expected: expected);
        Assert.Contains($"expects generation {expected}", b.FailedWith(SyncFailureKind.Mismatch, "b").Reason, StringComparison.Ordinal);
        Assert.Contains("generation 2", b.Failed.Reason, StringComparison.Ordinal);
        Assert.Equal(0, b.Generation);
        Assert.True(a.IsOpen);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule4_OtherGenerationExpectedWhileNoneIsOpen_FailsAndOpensNothing()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x");
        group.Enter("b", "x");
        group.Enter("a", "x", expected: 7).FailedWith(SyncFailureKind.Mismatch, "a");
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Fact]
    public void Rule4_FreshServer_TakesTheGenerationThatTheFirstOneExpects()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x", expected: 7);
        group.Enter("b", "x", expected: 7);
        Assert.Equal(7, a.Generation);
    }

    [Fact]
    public void Enter_WhileItWaitsHereAlready_OnlyTheSecondCallFails()
    {
        var group = new GroupDriver("a b");
        Wait first = group.Enter("a", "x");
        group.Enter("a", "x").FailedWith(SyncFailureKind.Refused);
        Assert.True(first.IsOpen);
        group.Enter("b", "x");
        Assert.IsType<Released>(first.Outcome);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
