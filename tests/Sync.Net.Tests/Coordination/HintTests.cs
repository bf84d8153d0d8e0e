using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Near misses are hinted at in the text of a failure (X6), and are never a verdict.</summary>
public sealed class HintTests
{
    [Theory]
    [InlineData("step_1", "Step-1")]
    [InlineData("step", "STEP")]
    public void X6_SessionOfNearlyTheSameName_IsHintedAt(string mine, string theirs)
    {
        var group = new GroupDriver("a b");
        group.Cancel(group.Enter("b", theirs));
        Assert.Equal($"b uses barrier '{theirs}', which is another one", TimedOut(group, group.Enter("a", mine)).Hint);
    }

    [Fact]
    public void X6_MissingMemberWaitsElsewhere_IsHintedAt()
    {
        var group = new GroupDriver("a b");
        group.Enter("b", "other");
        Assert.Equal("b waits in barrier 'other' instead", TimedOut(group, group.Enter("a", "x")).Hint);
    }

    [Fact]
    public void X6_SameNameInAnotherKind_IsHintedAt()
    {
        var group = new GroupDriver("a b");
        group.Send("b", "x");
        Assert.Equal("b uses message 'x', which is another one", TimedOut(group, group.Enter("a", "x")).Hint);
    }

    [Theory]
    [InlineData("host-1", "host_1")]
    [InlineData("Host", "host")]
    public void X6_MemberOfNearlyTheSameId_IsHintedAt(string named, string came)
    {
        var group = new GroupDriver($"a {came}");
        Assert.Equal($"{came} has come, {named} has not: is it the same one?", TimedOut(group, group.Enter("a", "x", $"a {named}")).Hint);
    }

    [Fact]
    public void X6_StrangerOfNearlyTheSameId_IsToldWhoIsMeant()
    {
        GroupDriver group = GroupDriver.Closed("a", "a host-1");
        group.Join("host_1");
        Assert.Equal("host_1 is not one of the group's members: a, host-1 (host-1 differs from it only in spelling).", group.Refusal.Text);
    }

    [Fact]
    public void X6_NothingIsAlike_NoHint()
    {
        var group = new GroupDriver("a b");
        group.Send("b", "steps");
        Assert.Null(TimedOut(group, group.Enter("a", "step")).Hint);
    }

    private static Failed TimedOut(GroupDriver group, Wait wait)
    {
        group.TimeOut(wait);
        return wait.FailedWith(SyncFailureKind.Timeout);
    }

    [Fact]
    public void X6_WaitAllOfARoleThatIsNearlyDeclared_NamesTheDeclaredOne()
    {
        var group = new GroupDriver("a b");
        group.Declare("a b", "a=load-client b=server");

        Failed refused = group.Ask("b", SessionKind.Board, "done", new Ask(Act.ReceiveAll, Text: "load_client")).FailedWith(SyncFailureKind.Refused);

        Assert.Contains("load-client differs from it only in spelling", refused.Reason, StringComparison.Ordinal);
    }
}
