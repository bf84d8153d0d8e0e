using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Who belongs to a group (RULES 17).</summary>
public sealed class GroupDeclareTests
{
    [Fact]
    public void Rule17_FirstDeclaration_CountsForTheGroupsLife()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Assert.Equal("a declares the group as [a, b, c], and it is [a, b]", group.TryDeclare("a", "a b c").FailedWith(SyncFailureKind.Mismatch, "a").Reason);
        Assert.Equal("b declares the group as [open], and it is [a, b]", group.TryDeclare("b", "").FailedWith(SyncFailureKind.Mismatch, "b").Reason);
        group.Declare("a b", "a b");
    }

    [Fact]
    public void X1_SentAlongWithADeclaration_CountsOnlyIfThatIsAccepted()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        Wait a = group.Sync("a", "x");
        group.TryDeclare("b", "a b c").FailedWith(SyncFailureKind.Mismatch, "b");
        group.Sync("b", "x", flags: EnterFlags.AfterDeclaration).FailedWith(SyncFailureKind.Refused);
        Assert.True(a.IsOpen);
        group.Declare("b", "a b");
        Assert.IsType<Released>(group.Sync("b", "x", flags: EnterFlags.AfterDeclaration).Outcome);
        Assert.IsType<Released>(a.Outcome);
    }

    [Fact]
    public void X1_SentAsIfAlongWithADeclaration_IsRefusedWithoutOne()
    {
        var group = new GroupDriver("a");
        group.Send("a", "x", flags: EnterFlags.AfterDeclaration).FailedWith(SyncFailureKind.Refused);
        Assert.True(group.Receive("a", "x").IsOpen);
    }

    [Fact]
    public void Rule17_OpenGroup_AdmitsWhoeverComes()
    {
        GroupDriver group = GroupDriver.Closed("a", "");
        group.Join("z");
        group.Declare("z", "");
        Assert.Equal("z declares the group as [a, z], and it is [open]", group.TryDeclare("z", "a z").FailedWith(SyncFailureKind.Mismatch, "z").Reason);
    }

    [Fact]
    public void Rule17_StrangerAtAClosedGroup_IsRefusedAtItsJoinWithTheMembers()
    {
        GroupDriver group = GroupDriver.Closed("a b");
        group.Join("z");
        Assert.Equal((RefuseReason.Stranger, "z is not one of the group's members: a, b."), (group.Refusal.Refusal, group.Refusal.Text));
    }

    [Fact]
    public void Rule17_StrangerThatWasThereBefore_IsToldAtItsDeclaration()
    {
        var group = new GroupDriver("a z");
        group.Declare("a", "a b");
        Assert.Equal("z is not one of the group's members: a, b", group.TryDeclare("z", "a b").FailedWith(SyncFailureKind.Mismatch, "z").Reason);
    }

    [Fact]
    public void Rule17_MemberComesInAnotherRoleThanDeclared_IsRefused()
    {
        var group = new GroupDriver("a");
        group.Declare("a", "a=client b=server");
        Assert.Equal("client", group.RoleOf("a"));
        group.Join("b", "client");
        Assert.Equal("b is declared as server, and comes as client.", group.Refusal.Text);
    }

    [Fact]
    public void Rule17_Seats_BelongToTheirFirstIdsForLife()
    {
        var group = new GroupDriver("");
        group.Join("a", "client");
        group.Declare("a", "client*2 server*1");
        group.Join("b", "client");
        group.Leave("b");
        group.Join("c", "client");
        Assert.Equal("c comes as client, and all seats of that role are taken: a, b.", group.Refusal.Text);
        group.Join("b");
        Assert.Equal(("client", "b"), (group.RoleOf("b"), group.History[^1].Member));
        Assert.Equal(EffectKind.Seat, group.History[^1].Kind);
    }

    [Theory]
    [InlineData(null, "d has no role, and the group's seats are by role: server*1, client*2.")]
    [InlineData("observer", "d comes as observer, and the group's roles are client, server.")]
    [InlineData("Server", "d comes as Server, and the group's roles are client, server (server differs from it only in spelling).")]
    public void Rule17_NoSuchSeat_IsRefusedWithTheRoles(string? role, string text)
    {
        var group = new GroupDriver("");
        group.Join("a", "client");
        group.Declare("a", "client*2 server*1");
        group.Join("d", role);
        Assert.Equal((RefuseReason.Stranger, Sorted(text)), (group.Refusal.Refusal, Sorted(group.Refusal.Text!)));
    }

    [Fact]
    public void Rule17_SeatHolderInAnotherRoleLater_IsRefused()
    {
        var group = new GroupDriver("");
        group.Join("a", "client");
        group.Declare("a", "client*1 server*1");
        group.Lose("a");
        group.Join("a", "server");
        Assert.Equal("a is declared as client, and comes as server.", group.Refusal.Text);
    }

    [Theory]
    [InlineData("a\tb\tc")]
    [InlineData("\tclient\t0")]
    [InlineData("\tclient\tx")]
    [InlineData("a\t")]
    public void Rule17_MalformedDeclaration_IsTurnedAwayFirstAndLater(string line)
    {
        var group = new GroupDriver("a b");
        const string Text = "a line of the declaration is malformed";
        Assert.Equal(Text, group.TryDeclare("a", Roster.Of([line])).FailedWith(SyncFailureKind.Mismatch, "a").Reason);
        group.Declare("b", "a b");
        Assert.Equal(Text, group.TryDeclare("a", Roster.Of([line])).FailedWith(SyncFailureKind.Mismatch, "a").Reason);
    }

    [Theory]
    [InlineData("a", "a\tclient", "the member a is declared twice")]
    [InlineData("\tclient\t1", "\tclient\t2", "the role client is declared twice")]
    public void Rule17_SomethingDeclaredTwice_IsTurnedAway(string one, string other, string text) =>
        Assert.Equal(text, new GroupDriver("a").TryDeclare("a", Roster.Of([one, other])).FailedWith(SyncFailureKind.Mismatch, "a").Reason);

    [Fact]
    public void Rule17_MoreSeatsThanTheServerAllows_IsTurnedAwayAndDeclaresNothing()
    {
        var group = new GroupDriver("a", new CoordinatorOptions { MaxMembers = 3 });
        Assert.Contains("MaxMembers", group.TryDeclare("a", "a client*3").FailedWith(SyncFailureKind.Mismatch, "a").Reason, StringComparison.Ordinal);
        group.Declare("a", "a b c");
    }

    [Fact]
    public void GroupIsIdle_OnlyWhenAllDeclaredMembersHaveLeft()
    {
        var group = new GroupDriver("a z");
        group.Declare("a", "a b");
        group.Send("a", "m");
        group.Leave("a");
        group.Leave("z");
        Assert.False(group.Coordinator.IsIdle);
        group.Join("b");
        group.Leave("b");
        Assert.True(group.Coordinator.IsIdle);
    }

    private static string Sorted(string text) => string.Join(' ', text.Split(' ', ',', '.').Order(StringComparer.Ordinal));
}
