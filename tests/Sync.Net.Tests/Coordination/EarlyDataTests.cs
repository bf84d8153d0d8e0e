using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>RULES 5 for exchanges of a whole group some of whose seats nobody has taken: what was given stays.</summary>
public sealed class EarlyDataTests
{
    private readonly GroupDriver _group = new("");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rule5_WaitEndsBeforeTheLastSeatIsTaken_TheDataStays(bool isCancelled)
    {
        Seat("a");
        Wait early = Give("a", "1");
        if (isCancelled) _group.Cancel(early);
        else _group.TimeOut(early, 3);
        Seat("b");

        Assert.Equal("a=1 b=2", Give("b", "2").Data);
    }

    [Fact]
    public void Rule5_MemberIsLostBeforeTheLastSeatIsTaken_TheDataStaysAndNobodyFails()
    {
        Seat("a");
        Give("a", "1");
        _group.Lose("a");
        Seat("b");

        Wait b = Give("b", "2");

        Assert.Equal("a=1 b=2", b.Data);
        Assert.Equal("a", Assert.Single(b.Released.Lost).Member);
    }

    [Fact]
    public void Rule5_MemberEntersAgainWithoutData_WhatItGaveBeforeCounts()
    {
        Seat("a");
        _group.Cancel(Give("a", "1"));
        Wait again = Give("a", null);
        Seat("b");
        Give("b", "2");

        Assert.Equal("a=1 b=2", again.Data);
    }

    private void Seat(string member)
    {
        _group.Join(member, "node");
        _group.Declare(member, "node*2");
    }

    private Wait Give(string member, string? data) => _group.Give(member, "x", data, "", EnterFlags.WholeGroup);
}
