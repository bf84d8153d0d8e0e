using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>L4: waits for all, of a role, or named ones; RULES 14 and 17.</summary>
public sealed class BoardWaitAllTests
{
    private const string Roles = "c1=client c2=client s=server";

    [Fact]
    public void L4_WaitAllBeforeAnySend_IsMetByTheLastMember()
    {
        GroupDriver group = GroupDriver.Closed("a b c");
        Wait a = group.ReceiveAll("a", "x");
        group.Send("a", "x", "1");
        group.Send("b", "x", "2");
        group.Send("b", "x", "3");
        Assert.True(a.IsOpen);
        group.Send("c", "x", "4");
        Assert.Equal("a=1 b=2 b=3 c=4", a.Data);
        Assert.Equal(3, a.Released.Count);
    }

    [Fact]
    public void L4_AllHaveSentBefore_IsMetAtOnceAndEveryTime()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Send("a", "x");
        group.Send("b", "x");
        Assert.Equal(2, group.ReceiveAll("a", "x").Released.Count);
        Assert.Equal("", group.ReceiveAll("a", "x", after: 2).Data);
    }

    [Fact]
    public void L4_OfARole_LooksAtEveryMemberOfIt()
    {
        GroupDriver group = GroupDriver.Closed("c1 c2 s", Roles);
        Wait s = group.ReceiveAll("s", "x", "client");
        group.Send("c1", "x", "1");
        Assert.True(s.IsOpen);
        group.Send("c2", "x", "2");
        Assert.Equal("c1=1 c2=2", s.Data);
    }

    [Fact]
    public void L4_OfARole_OthersDataComesAlong()
    {
        GroupDriver group = GroupDriver.Closed("c1 c2 s", Roles);
        Wait c1 = group.ReceiveAll("c1", "x", "server");
        group.Send("c2", "x", "1");
        Assert.True(c1.IsOpen);
        group.Send("s", "x", "2");
        Assert.Equal("c2=1 s=2", c1.Data);
    }

    [Fact]
    public void L4_ASeatOfTheRoleIsFree_WaitsForWhoTakesIt()
    {
        GroupDriver group = GroupDriver.Closed("c1 s", "client*2 server*1", false, "client server");
        group.Send("c1", "x");
        group.Send("s", "x");
        Wait s = group.ReceiveAll("s", "x", "client"), all = group.ReceiveAll("s", "x");
        Assert.Equal("s=-", group.ReceiveAll("c1", "x", "server", after: 1).Data);
        Assert.True(s.IsOpen);
        group.Join("c2", "client");
        Assert.True(s.IsOpen);
        group.Send("c2", "x");
        Assert.Equal("c1=- s=- c2=-", s.Data);
        Assert.Equal(s.Data, all.Data);
    }

    [Fact]
    public void L4_ASeatIsFree_TheTimeoutNamesIt()
    {
        GroupDriver group = GroupDriver.Closed("c1", "client*2", false, "client");
        group.Send("c1", "x");
        Wait c1 = group.ReceiveAll("c1", "x", "client");
        group.TimeOut(c1, 30);
        Failed failed = c1.FailedWith(SyncFailureKind.Timeout, "c1");
        Assert.Equal(["c1", "client (seat 2 of 2)"], failed.Expected);
        Assert.Equal(["c1"], failed.Arrived);
        Assert.Equal("client (seat 2 of 2)", Assert.Single(failed.Missing).Id);
    }

    [Fact]
    public void L4_ASeatTakenByWhoHasSentAlready_MeetsTheWait()
    {
        var group = new GroupDriver("");
        group.Join("c1", "client");
        group.Join("c2", "client");
        group.Send("c2", "x");
        group.Declare("c1", "client*2");
        group.Send("c1", "x");
        Wait c1 = group.ReceiveAll("c1", "x");
        Assert.True(c1.IsOpen);
        group.Declare("c2", "client*2");
        Assert.Equal(2, c1.Released.Count);
    }

    [Fact]
    public void L_FaultsNotInherited_AMistypedRole_IsItsCallersErrorAndHarmsNobody()
    {
        GroupDriver group = GroupDriver.Closed("c1 c2 s", Roles);
        Wait waiting = group.ReceiveAll("c1", "x", "server");
        string text = group.ReceiveAll("c2", "x", "servr").FailedWith(SyncFailureKind.Refused).Reason!;
        Assert.Contains("client, server", text, StringComparison.Ordinal);
        group.Send("s", "x");
        Assert.IsType<Released>(waiting.Outcome);
    }

    [Fact]
    public void Rule14_OwnSend_IsNeededAndTheTimeoutHintsAtIt()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Send("b", "x");
        Wait a = group.ReceiveAll("a", "x"), others = group.ReceiveAll("a", "x", flags: EnterFlags.ExcludeSelf);
        Assert.Equal("b=-", others.Data);
        group.TimeOut(a, 30);
        Assert.Contains("only your own send is missing", a.FailedWith(SyncFailureKind.Timeout).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule14_ExcludeSelf_TheFailureDoesNotExpectTheCaller()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait a = group.ReceiveAll("a", "x", flags: EnterFlags.ExcludeSelf);
        group.TimeOut(a, 30);
        Assert.Equal(["b"], a.Failed.Expected);
        Assert.Empty(a.Failed.Arrived);
        Assert.DoesNotContain("own send", a.Failed.Hint ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Rule14_ExcludeSelf_OwnSendsMeetNothing()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait a = group.ReceiveAll("a", "x", flags: EnterFlags.ExcludeSelf);
        group.Send("a", "x");
        Assert.True(a.IsOpen);
        group.Send("b", "x", "1");
        Assert.Equal("b=1", a.Data);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rule17_OpenGroupWithoutNames_IsRefusedWithTheRemedy(bool declared)
    {
        var group = new GroupDriver("a b");
        if (declared) group.Declare("a b", "");
        foreach (string? role in new[] { null, "client" })
        {
            string text = group.ReceiveAll("a", "x", role).FailedWith(SyncFailureKind.Refused).Reason!;
            Assert.Contains("name the members", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rule17_OpenGroupWithNames_WaitsForThem()
    {
        var group = new GroupDriver("a b");
        Wait a = group.ReceiveAll("a", "x", roster: "b z");
        group.Send("b", "x");
        Assert.True(a.IsOpen);
        group.Join("z");
        group.Send("z", "x");
        Assert.Equal("b=- z=-", a.Data);
    }

    [Fact]
    public void Rule17_ClosedGroupWithAStrangersName_IsRefused()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Assert.Contains("z", group.ReceiveAll("a", "x", roster: "b z").FailedWith(SyncFailureKind.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule17_ANameThatLaterHasNoSeat_IsRefusedThen()
    {
        GroupDriver group = GroupDriver.Closed("c1", "client*2", false, "client");
        Wait good = group.ReceiveAll("c1", "x", roster: "c2"), bad = group.ReceiveAll("c1", "x", roster: "c3");
        group.Join("c2", "client");
        bad.FailedWith(SyncFailureKind.Refused);
        Assert.True(good.IsOpen);
        group.Send("c2", "x");
        Assert.IsType<Released>(good.Outcome);
    }
}
