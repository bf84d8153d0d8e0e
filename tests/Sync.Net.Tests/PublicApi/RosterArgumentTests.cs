using Sync.Net.Arguments;
using Sync.Net.Wire;

namespace Sync.Net.Tests.PublicApi;

public sealed class RosterArgumentTests
{
    private static readonly SyncLimits Limits = new() { MaxMembers = 4 };

    [Fact]
    public void ForBarrier_AnyOrder_IsOrdinal()
    {
        Roster roster = RosterArgument.ForBarrier("b", ["b", "a", "B"], "roster", Limits);
        Assert.Equal(["B", "a", "b"], roster.Members);
    }

    [Fact]
    public void ForBarrier_OnlySelf_IsUsable() =>
        Assert.Equal(["me"], RosterArgument.ForBarrier("me", ["me"], "roster", Limits).Members);

    [Theory]
    [InlineData("The roster is empty: list the ids of all members.")]
    [InlineData("The roster names only another member, 'b': list all members, with 'a' (this one) among them.", "b")]
    [InlineData("The roster (b, c) lacks 'a', this member: every member passes the same list of all.", "b", "c")]
    [InlineData("The roster holds 'a' twice: give each member on one host a tag of its own, such as a#2.", "a", "b", "a")]
    [InlineData("The roster holds 'a,b', which looks like several ids in one string: pass each id by itself, \"a\", \"b\".", "a,b")]
    [InlineData("The roster holds 'b;c', which looks like several ids in one string: pass each id by itself, \"b\", \"c\".", "a", "b;c")]
    [InlineData("The roster holds 'a b', which looks like several ids in one string: pass each id by itself, \"a\", \"b\".", "a b")]
    [InlineData("The roster holds a null: list ids only.", "a", null)]
    [InlineData("The member id is empty: give it a name of at least one character.", "a", "")]
    [InlineData("The member id '#x' has no address before the '#': write host#tag.", "a", "#x")]
    [InlineData("The roster has 5 members: at most 4 are allowed (SyncLimits.MaxMembers).", "a", "b", "c", "d", "e")]
    public void ForBarrier_UnusableRoster_SaysWhatToWrite(string text, params string?[] roster)
    {
        var e = Assert.Throws<ArgumentException>(() => RosterArgument.ForBarrier("a", roster!, "roster", Limits));
        Assert.Equal($"{text} (Parameter 'roster')", e.Message);
    }

    [Fact]
    public void ForBarrier_Null_ThrowsWithParameter() =>
        Assert.Equal("roster", Assert.Throws<ArgumentNullException>(() => RosterArgument.ForBarrier("a", null!, "roster", Limits)).ParamName);

    [Fact]
    public void ForBarrier_SpaceInTag_IsUsable() =>
        Assert.Equal(2, RosterArgument.ForBarrier("h#my tag", ["h#my tag", "h#your tag"], "roster", Limits).Count);

    [Fact]
    public void ForData_MasterOutsideHosts_OnlyServes() =>
        Assert.Equal(["a", "b"], RosterArgument.ForData("m", "m", ["b", "a"], "hosts", Limits).Members);

    [Fact]
    public void ForData_OtherOutsideHosts_SaysWhatToWrite() => Assert.Equal(
        "The list of hosts (a, b) lacks 'c', this member: list all that exchange data; only the master may stand outside. (Parameter 'hosts')",
        Assert.Throws<ArgumentException>(() => RosterArgument.ForData("c", "m", ["a", "b"], "hosts", Limits)).Message);

    [Fact]
    public void From_Stranger_SaysWhatToWrite()
    {
        Roster hosts = Roster.Of(["a", "b"]);
        Assert.Equal(["b"], RosterArgument.From(hosts, ["b"], "from", Limits).Members);
        Assert.Equal(
            "'c' is not among the hosts (a, b): name only hosts of this exchange. (Parameter 'from')",
            Assert.Throws<ArgumentException>(() => RosterArgument.From(hosts, ["a", "c"], "from", Limits)).Message);
    }

    [Fact]
    public void ForServers_ListsOfMasterAndMember_MayDiffer()
    {
        Assert.Equal(["a", "b", "m"], RosterArgument.ForServers("m", "m", ["b", "a"], "members", Limits).Members);
        Assert.Equal(["a", "m"], RosterArgument.ForServers("a", "m", ["a"], "members", Limits).Members);
    }

    [Theory]
    [InlineData("m", "The list of members is empty: list the ids of all members.")]
    [InlineData("m", "The list of members holds the master, 'm': name it once, as the master.", "m", "a")]
    [InlineData("a", "This member, 'a', is neither the master 'm' nor listed: a member names the master and at least itself.", "b")]
    public void ForServers_UnusableLists_SaysWhatToWrite(string self, string text, params string[] members) => Assert.Equal(
        $"{text} (Parameter 'members')",
        Assert.Throws<ArgumentException>(() => RosterArgument.ForServers(self, "m", members, "members", Limits)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(-1)]
    public void TimeoutCheck_Usable_IsKept(int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), TimeoutArgument.Check(TimeSpan.FromMilliseconds(milliseconds), "timeout"));

    [Fact]
    public void TimeoutCheck_NegativeOrTooLong_Throws()
    {
        Assert.Null(TimeoutArgument.Check(null, "timeout"));
        foreach (TimeSpan time in (TimeSpan[])[TimeSpan.FromSeconds(-2), TimeSpan.FromDays(50), TimeSpan.MaxValue])
            Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => TimeoutArgument.Check(time, "timeout")).ParamName);
    }
}
