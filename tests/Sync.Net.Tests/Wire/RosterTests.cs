using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class RosterTests
{
    [Fact]
    public void Of_AnyOrderAndDuplicates_IsDistinctAndOrdinal() =>
        Assert.Equal(["B", "a", "a#1", "b"], Roster.Of(["b", "a#1", "B", "a", "b", "a#1"]).Members);

    [Fact]
    public void Hash_OfThePage_IsTheSame()
    {
        // docs/protocol.md names both.
        Assert.Equal(14695981039346656037UL, Roster.Of([]).Hash);
        Assert.Equal(0x7b756b672aae20a2UL, Roster.Of(["db1"]).Hash);
        Assert.Equal(0x277584fbd9d8176dUL, Roster.Of(["web1", "db1"]).Hash);
    }

    [Fact]
    public void Hash_NamesThatJoinToTheSameText_Differs() =>
        Assert.NotEqual(Roster.Of(["ab", "c"]).Hash, Roster.Of(["a", "bc"]).Hash);

    [Fact]
    public void PositionOf_Members_IsTheirOrder()
    {
        var roster = Roster.Of(["b", "a"]);

        Assert.Equal((0, 1, -1), (roster.PositionOf("a"), roster.PositionOf("b"), roster.PositionOf("c")));
    }
}
