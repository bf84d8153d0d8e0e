using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Strangers, duplicates, rosters and tags that differ: A6, RULES 11, 12.</summary>
public sealed class MismatchTests
{
    [Fact]
    public void A6_StrangerEntersTheOthersRoster_OnlyTheStrangerFails()
    {
        var group = new GroupDriver("a b s");
        Wait a = group.Enter("a", "x", "a b");
        string? reason = group.Enter("s", "x", "a b").FailedWith(SyncFailureKind.Refused).Reason;
        Assert.Contains("s is not one of the members that meet here: a, b", reason, StringComparison.Ordinal);
        Assert.True(a.IsOpen);
        Assert.Equal(2, group.Enter("b", "x", "a b").Released.Count);
    }

    [Fact]
    public void A6_StrangerBringsARosterOfItsOwn_OnlyTheStrangerFails()
    {
        var group = new GroupDriver("a b s");
        Wait a = group.Enter("a", "x", "a b");
        group.Enter("s", "x", "a b s").FailedWith(SyncFailureKind.Refused);
        Assert.True(a.IsOpen);
        group.Enter("b", "x", "a b");
        Assert.Equal(["a", "b"], a.Released.Arrivals!.Select(each => each.Member));
    }

    [Fact]
    public void A6_StrangerComesFirst_OpensNothing()
    {
        var group = new GroupDriver("a b s");
        group.Enter("s", "x", "a b").FailedWith(SyncFailureKind.Refused);
        Assert.Equal(0, group.Coordinator.KeptRounds);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a b d")]
    [InlineData("a b c d")]
    public void A6_MemberBringsAnotherRoster_AllFailAndBothListsAreShown(string other)
    {
        var group = new GroupDriver("a b c d");
        Wait a = group.Enter("a", "x", "a b c");
        Failed failed = group.Enter("b", "x", other).FailedWith(SyncFailureKind.Mismatch, "b");
        Assert.Same(failed, a.Failed);
        Assert.Contains($"[{other.Replace(" ", ", ", StringComparison.Ordinal)}]", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("[a, b, c]", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A6_MemberWhoseWaitEndedBringsAnotherRoster_AllFail()
    {
        var group = new GroupDriver();
        group.TimeOut(group.Give("b", "x", "2"));
        Wait a = group.Give("a", "x", "1");
        Failed failed = group.Give("b", "x", "2", "a b").FailedWith(SyncFailureKind.Mismatch, "b");
        Assert.Same(failed, a.Failed);
    }

    [Fact]
    public void A6_MissingMemberOfABrokenRoster_IsToldOnceWhenItComes()
    {
        var group = new GroupDriver();
        group.Enter("a", "x");
        group.Enter("b", "x", "a b");
        Assert.Equal(1, group.Enter("c", "x").Generation);
        Assert.True(group.Enter("c", "x").IsOpen);
    }

    [Fact]
    public void A6_SameMembersInAnotherOrder_IsTheSameRoster()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x", "a b");
        Assert.IsType<Released>(group.Enter("b", "x", "b a").Outcome);
    }

    [Fact]
    public void A6_WrongTag_TheFirstToGiveUpIsToldWhereTheOtherWaits()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "server-up");
        Wait b = group.Enter("b", "server-upp");
        group.TimeOut(a, 60);
        Assert.Equal("b waits in barrier 'server-upp' instead", a.Failed.Hint);
        Assert.True(b.IsOpen);
    }

    [Fact]
    public void A6_WrongTag_TheOtherSideIsToldTheSame()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "server-up");
        Wait b = group.Enter("b", "server-upp");
        group.TimeOut(b, 60);
        Assert.Equal("a waits in barrier 'server-up' instead", b.Failed.Hint);
        Assert.True(a.IsOpen);
    }

    [Fact]
    public void A6_BothGiveUpOnAWrongTag_TheSecondSeesWhereTheFirstWas()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "server-up");
        Wait b = group.Enter("b", "server-upp");
        group.TimeOut(a, 60);
        group.TimeOut(b);
        Assert.Equal("server-up", Assert.Single(b.Failed.Missing).LastSeenIn);
    }

    [Fact]
    public void A6_SameNameInAnotherKind_IsHintedAt()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "setup");
        group.Give("b", "setup", "1");
        group.TimeOut(a);
        Assert.Equal("b waits in data 'setup' instead", a.Failed.Hint);
    }

    [Fact]
    public void A6_MissingMemberDied_IsNotSaidToWaitElsewhere()
    {
        var group = new GroupDriver("a b");
        group.Give("b", "other", "1");
        group.Lose("b");
        Assert.Null(group.Enter("a", "x").FailedWith(SyncFailureKind.MemberLost, "b").Hint);
    }

    [Fact]
    public void B9_ContractsThatDiffer_BreakForAllAndNameBoth()
    {
        var group = new GroupDriver("a b c");
        Wait a = group.Give("a", "x", "1", contract: "NodeInfo");
        Wait b = group.Give("b", "x", "2", contract: "Node");
        Failed failed = b.FailedWith(SyncFailureKind.Mismatch, "b");
        Assert.Equal("a gave data of contract NodeInfo, b gave Node", failed.Reason);
        Assert.Same(failed, a.Failed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NodeInfo")]
    public void B9_ContractAbsentOrEqual_IsNotInTheWay(string? contract)
    {
        var group = new GroupDriver("a b c");
        group.Give("a", "x", "1", contract: "NodeInfo");
        group.Give("c", "x", null, contract: "Nothing given");
        Assert.Equal("a=1 b=2 c=-", group.Give("b", "x", "2", contract: contract).Data);
    }
}
