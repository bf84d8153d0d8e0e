using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>RULES 10: autotest's ping before the release.</summary>
public sealed class ConfirmReleaseTests
{
    private const EnterFlags Confirm = EnterFlags.ConfirmRelease;

    [Fact]
    public void Rule10_Complete_IsReleasedOnlyWhenAllGaveASignOfLife()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x", flags: Confirm);
        group.Enter("b", "x");
        Assert.Equal(["a", "b"], group.Probed);
        group.ShowLife("b");
        Assert.True(a.IsOpen);
        group.ShowLife("a");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule10_OneOfThemTurnsOutDead_AllFail()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x", flags: Confirm);
        group.Enter("b", "x", flags: Confirm);
        group.ShowLife("a");
        group.Lose("b");
        a.FailedWith(SyncFailureKind.MemberLost, "b");
    }

    [Fact]
    public void Rule10_OneWithdrawsAndComesBack_AllAreAskedAgain()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x", flags: Confirm);
        Wait b = group.Enter("b", "x");
        group.ShowLife("a");
        group.Cancel(b);
        group.ShowLife("a");
        Assert.True(a.IsOpen);
        group.Enter("b", "x");
        group.ShowLife("b");
        Assert.True(a.IsOpen);
        group.ShowLife("a");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule10_TheOneThatWantedItWithdraws_TheOthersAreReleasedWithout()
    {
        var group = new GroupDriver("a b");
        group.Cancel(group.Enter("a", "x", flags: Confirm));
        group.Enter("b", "x");
        Assert.IsType<Released>(group.Enter("a", "x").Outcome);
    }

    [Fact]
    public void Rule10_TheOneThatWantedItWithdrawsWhileAllAreAsked_TheOthersAreReleasedWithout()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x");
        Wait b = group.Enter("b", "x", flags: Confirm);
        Assert.Equal(["a", "b"], group.Probed);
        group.Cancel(b);
        Assert.IsType<Released>(group.Enter("b", "x").Outcome);
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule10_TimesOutWhileTheOthersAreAsked_BreaksForAll()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x", flags: Confirm);
        Wait b = group.Enter("b", "x");
        group.TimeOut(a);
        b.FailedWith(SyncFailureKind.Timeout, "a");
    }

    [Fact]
    public void Rule10_AskedMemberReconnects_ThatIsASignOfLife()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Enter("a", "x", flags: Confirm);
        group.Enter("b", "x");
        group.ShowLife("b");
        group.Reconnect("a");
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void Rule10_DataAndAnAskedGiverDies_TheOthersAreReleased()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "x", "1", flags: Confirm);
        Wait b = group.Give("b", "x", "2");
        group.ShowLife("b");
        group.Lose("a");
        Assert.Equal("a=1 b=2", b.Data);
        Assert.Single(b.Released.Lost);
    }

    [Fact]
    public void Rule10_DataAndAnAskedGiverGivesUp_TheOthersAreReleased()
    {
        var group = new GroupDriver("a b");
        Wait a = group.Give("a", "x", "1", flags: Confirm);
        Wait b = group.Give("b", "x", "2");
        group.ShowLife("b");
        group.TimeOut(a);
        a.FailedWith(SyncFailureKind.Timeout);
        Assert.Equal("a=1 b=2", b.Data);
    }

    [Fact]
    public void Rule10_DataAndAGiverDiedBefore_IsNotAsked()
    {
        var group = new GroupDriver("a b");
        group.Give("a", "x", "1", flags: Confirm);
        group.Lose("a");
        Wait b = group.Give("b", "x", "2");
        Assert.Equal(["b"], group.Probed);
        group.ShowLife("b");
        Assert.Equal("a=1 b=2", b.Data);
    }

    [Fact]
    public void Rule10_SignOfLifeForAnotherReason_ConfirmsToo()
    {
        var group = new GroupDriver("a");
        Wait a = group.Enter("a", "x", flags: Confirm);
        group.Join("a");
        group.ShowLife("a");
        Assert.IsType<Released>(a.Outcome);
    }
}
