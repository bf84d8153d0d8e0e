using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>A second start of a live member: A6 (duplicate), RULES 8.</summary>
public sealed class IncarnationTests
{
    [Fact]
    public void A6_DuplicateWhileTheHolderLives_IsRefusedAndHarmsNobody()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        long newcomer = group.Join("a");
        Assert.Equal(["a"], group.Probed);
        group.ShowLife("a");
        Assert.Equal((newcomer, RefuseReason.Duplicate), (group.Refusal.Link, group.Refusal.Refusal));
        Assert.Contains("another live process is member a", group.Refusal.Text, StringComparison.Ordinal);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule8_HolderDoesNotAnswer_ItIsLostAndTheNewcomerTakesTheSeat()
    {
        var group = new GroupDriver("a b");
        Wait b = group.Enter("b", "x");
        long old = group.LinkOf("a");
        long newcomer = group.Join("a");
        group.Advance(2);
        Assert.Equal(newcomer, group.LinkOf("a"));
        Assert.Equal(old, Assert.Single(group.Evicted).Link);
        b.FailedWith(SyncFailureKind.MemberLost, "a");
    }

    [Fact]
    public void Rule8_HolderDiesWhileItIsProbed_TheNewcomerTakesTheSeatAtOnce()
    {
        var group = new GroupDriver("a b");
        long newcomer = group.Join("a");
        group.Lose("a");
        Assert.Equal(newcomer, group.LinkOf("a"));
        Assert.Null(group.Coordinator.NextTick);
    }

    [Fact]
    public void Rule8_HolderSaysGoodbyeWhileItIsProbed_TheNewcomerTakesTheSeatAtOnce()
    {
        var group = new GroupDriver("a b");
        long newcomer = group.Join("a");
        group.Depart("a");
        Assert.Equal(newcomer, group.LinkOf("a"));
    }

    [Fact]
    public void Rule8_HolderReconnectsWhileItIsProbed_ThatIsASignOfLife()
    {
        var group = new GroupDriver("a b");
        long newcomer = group.Join("a");
        group.Reconnect("a");
        Assert.Equal((newcomer, RefuseReason.Duplicate), (group.Refusal.Link, group.Refusal.Refusal));
        group.Advance(10);
        Assert.True(group.Enter("a", "x").IsOpen);
    }

    [Fact]
    public void Rule8_NewcomerGoesAway_TheHolderKeepsTheSeat()
    {
        var group = new GroupDriver("a b");
        long newcomer = group.Join("a");
        group.Disconnect(newcomer);
        Assert.Null(group.Coordinator.NextTick);
        group.Advance(10);
        Assert.True(group.Enter("a", "x").IsOpen);
    }

    [Fact]
    public void Rule8_ThirdStart_IsRefusedWhileTheSecondWaits()
    {
        var group = new GroupDriver("a");
        group.Join("a");
        long third = group.Join("a");
        Assert.Equal((third, RefuseReason.Duplicate), (group.Refusal.Link, group.Refusal.Refusal));
    }

    [Fact]
    public void Rule8_NewcomerDialsAgain_KeepsItsPlaceAndItsDeadline()
    {
        var group = new GroupDriver("a");
        var newcomer = Guid.NewGuid();
        long first = group.Join("a", null, newcomer);
        group.Advance(1.5);
        long second = group.Join("a", null, newcomer);
        Assert.Equal(first, Assert.Single(group.Evicted).Link);
        group.Advance(0.5);
        Assert.Equal(second, group.LinkOf("a"));
    }

    [Fact]
    public void Rule8_ReplacedStart_IsRefusedForEver()
    {
        var group = new GroupDriver("a");
        Guid replaced = group.IncarnationOf("a");
        group.Lose("a");
        group.Restart("a");
        group.Join("a", null, replaced);
        Assert.Equal(RefuseReason.Replaced, group.Refusal.Refusal);
        group.Lose("a");
        group.Join("a", null, replaced);
        Assert.Equal(2, group.History.Count(e => e.Refusal == RefuseReason.Replaced));
    }

    [Fact]
    public void Rule8_LostButNotReplaced_MayReturn()
    {
        var group = new GroupDriver("a b");
        group.Lose("a");
        group.Reconnect("a");
        Wait a = group.Enter("a", "x");
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void X2_SameStartOnANewLink_TakesItsSeatFromTheOldLink()
    {
        var group = new GroupDriver("a b");
        long old = group.LinkOf("a");
        Wait a = group.Enter("a", "x");
        group.Reconnect("a");
        Assert.Equal(old, Assert.Single(group.Evicted).Link);
        group.Enter("b", "x");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule8_NewStart_BeginsToCountItsRequestsAnew()
    {
        var group = new GroupDriver("a b");
        group.Enter("a", "x", "a");
        group.Lose("a");
        group.Restart("a");
        Assert.IsType<Released>(group.Enter("a", "x", "a").Outcome);
    }
}
