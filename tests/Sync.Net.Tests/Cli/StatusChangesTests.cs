using Sync.Net.Cli.Output;

namespace Sync.Net.Tests.Cli;

public sealed class StatusChangesTests
{
    private readonly StatusChanges _changes = new();

    [Fact]
    public void Since_FirstLook_IsAllThereIs() =>
        Assert.Equal(["a\tclient\tjoined\tlast in 'x'", "b\t\tabsent", "a waits in barrier 'x' for b"], Since(1, Wait("a", "x", "b")));

    [Fact]
    public void Since_OnlyTimeGoesOn_IsNothing()
    {
        Since(1, Wait("a", "x", "b"));
        Assert.Empty(Since(2, Wait("a", "x", "b")));
    }

    [Fact]
    public void Since_OtherIsLacked_IsOneLine()
    {
        Since(1, Wait("a", "x", "b", "c"));
        Assert.Equal(["a waits in barrier 'x' for c"], Since(2, Wait("a", "x", "c")));
    }

    [Fact]
    public void Since_WaitIsOver_IsOneLine()
    {
        Since(1, Wait("a", "x", "b"));
        Assert.Equal(["no more: a waits in barrier 'x'"], Since(2));
    }

    [Fact]
    public void Since_TwoWaitsOfOneMemberForOneMessage_AreToldTogether()
    {
        Since(1);
        Assert.Equal(["a waits in barrier 'x' for b; a waits in barrier 'x' for c"], Since(2, Wait("a", "x", "b"), Wait("a", "x", "c")));
    }

    private List<string> Since(int seconds, params WaitStatus[] waits) => _changes.Since(new GroupStatus(
        [
            new GroupMember("a", "client", MemberState.Joined, TimeSpan.FromSeconds(seconds), "x"),
            new GroupMember("b", null, MemberState.Absent, null, null),
        ],
        waits));

    private static WaitStatus Wait(string member, string session, params string[] missing) =>
        new("barrier", session, member, TimeSpan.FromSeconds(missing.Length), missing, null);
}
