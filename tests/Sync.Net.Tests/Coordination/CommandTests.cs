using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>RULES 18: commands act for a member over links of their own.</summary>
public sealed class CommandTests
{
    private static readonly Ask Send = new(Act.Send);
    private static readonly Ask Receive = new(Act.Receive);

    [Fact]
    public void Rule18_ACommandSendsWhileAnotherOfTheSameMemberWaits_BothAreServed()
    {
        var group = new GroupDriver("");
        long waiting = group.Command("a");
        Wait wait = group.By(waiting, "a", SessionKind.Board, "ready", Receive);
        long sending = group.Command("a");
        group.By(sending, "a", SessionKind.Board, "ready", Send);
        Assert.IsType<Released>(wait.Outcome);
    }

    [Fact]
    public void Rule18_ACommandIsKilled_OnlyWhatItHadOpenIsWithdrawn()
    {
        var group = new GroupDriver("b");
        long first = group.Command("a");
        group.By(first, "a", SessionKind.Barrier, "x", null, "a b");
        group.End(first, killed: true);
        Wait b = group.Enter("b", "x", "a b");
        Assert.True(b.IsOpen);

        long second = group.Command("a");
        Wait a = group.By(second, "a", SessionKind.Barrier, "x", null, "a b");
        Assert.Equal(2, a.Released.Count);
        Assert.Equal(2, b.Released.Count);
    }

    [Fact]
    public void Rule18_BetweenCommands_TheMemberIsWaitedForAndNotLost()
    {
        var group = new GroupDriver("b");
        group.End(group.Command("a"), killed: true);
        group.Advance(3600);
        Wait b = group.Enter("b", "x", "a b");
        Assert.True(b.IsOpen);
        group.TimeOut(b, 1);
        Assert.Equal(MemberState.BetweenCommands, Assert.Single(b.Failed.Missing).State);
    }

    [Fact]
    public void Rule18_TheSeatDies_TheMemberIsLostAlthoughACommandRuns()
    {
        var group = new GroupDriver("a b");
        group.Command("a", group.IncarnationOf("a"));
        Wait b = group.Enter("b", "x", "a b");
        group.Lose("a");
        b.FailedWith(SyncFailureKind.MemberLost, "a");
    }

    [Fact]
    public void Rule18_ACommandOfAnotherStart_IsRefusedWhileTheSeatIsHeld()
    {
        var group = new GroupDriver("a b");
        group.Command("a");
        Assert.Equal(RefuseReason.Duplicate, group.Refusal.Refusal);
    }

    [Fact]
    public void Rule18_ReleaseThatAKilledCommandDidNotLearn_IsToldToTheNextOne()
    {
        var group = new GroupDriver("b");
        long first = group.Command("a");
        group.WithholdAcknowledgements("a");
        group.By(first, "a", SessionKind.Barrier, "x", null, "a b");
        group.Enter("b", "x", "a b");
        group.End(first, killed: true);

        Wait again = group.By(group.Command("a"), "a", SessionKind.Barrier, "x", null, "a b");
        Assert.Equal(1, again.Generation);
        Assert.Equal(2, again.Released.Count);
    }

    [Fact]
    public void Rule18_TheSameRequestNumberOfTwoCommands_CountsTwice()
    {
        var group = new GroupDriver("b");
        group.By(group.Command("a"), "a", SessionKind.Board, "m", Send);
        group.By(group.Command("a"), "a", SessionKind.Board, "m", Send);
        Wait b = group.Ask("b", SessionKind.Board, "m", new Ask(Act.Peek));
        Assert.Equal(2, b.Released.Contributions!.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rule8_CommandOfANewerStart_EndsTheWaitsOfTheOlderStartsCommands(bool isCount)
    {
        var group = new GroupDriver("b");
        long old = group.Command("a");
        SessionKind kind = isCount ? SessionKind.Count : SessionKind.Barrier;
        Ask? ask = isCount ? new Ask(Act.Wait, 2) : null;
        string roster = isCount ? "" : "a b";
        Wait former = group.By(old, "a", kind, "x", ask, roster);

        Wait latter = group.By(group.Command("a", Guid.NewGuid()), "a", kind, "x", ask, roster);
        Assert.Equal(old, Assert.Single(group.Evicted).Link);
        Assert.True(latter.IsOpen);
        Wait b = isCount ? group.Ask("b", kind, "x", ask!) : group.Enter("b", "x", roster);

        Assert.Equal(2, b.Released.Count);
        Assert.Equal(2, latter.Released.Count);
        Assert.True(former.IsOpen);
    }
}
