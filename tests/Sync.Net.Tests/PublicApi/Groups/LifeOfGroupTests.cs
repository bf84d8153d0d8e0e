using Microsoft.Extensions.Time.Testing;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>What outlives members, commands and servers.</summary>
public sealed class LifeOfGroupTests : BoundedTest
{
    [Fact]
    public async Task Rule18_CommandIsDisposed_TheMemberHasNotLeft()
    {
        await using var group = new InProcessGroup(["a", "b"], new FakeTimeProvider());
        SyncOptions command = group.OptionsOf("b");
        await group["b"].DisposeAsync();
        group.Restart("b");
        await group["b"].LeaveAsync(Token);
        command.IsCommand = true;
        await using (SyncGroup b = await SyncGroup.JoinAsync(command, Token)) await b.SendAsync("here", Token);

        Assert.Equal(MemberState.BetweenCommands, group["a"].Members[1].State);
    }

    [Fact]
    public async Task Rule9_CommandSaysThatItsMemberFailed_WhoComesLaterIsTold()
    {
        await using SyncServer server = await SyncServer.StartAsync(cancellationToken: Token);
        await using (SyncGroup a = await SyncGroup.JoinAsync(Options(server, "a", isCommand: true), Token)) await a.FailAsync("disk full", Token);

        await using SyncGroup b = await SyncGroup.JoinAsync(Options(server, "b"), Token);
        SyncException e = await Assert.ThrowsAsync<SyncException>(() => b.Barrier("x").RendezvousAsync(Token));

        Assert.Equal((SyncFailureKind.MemberFailed, "a", "disk full"), (e.Failure.Kind, e.Failure.Culprit, e.Failure.Reason));
    }

    [Fact]
    public async Task Rule17_NobodyIsConnected_TheDeclarationStays()
    {
        await using SyncServer server = await SyncServer.StartAsync(cancellationToken: Token);
        await using (SyncGroup a = await SyncGroup.JoinAsync(Options(server, "a", isCommand: true), Token)) await a.SendAsync("here", Token);
        SyncOptions other = Options(server, "c");
        other.Roster = new Dictionary<string, string?> { ["c"] = null };

        SyncException e = await Assert.ThrowsAsync<SyncException>(() => SyncGroup.JoinAsync(other, Token));

        Assert.Equal(SyncFailureKind.Refused, e.Failure.Kind);
    }

    [Fact]
    public async Task MaxGroups_Reached_TheGroupThatWasEmptyLongestGoes()
    {
        var time = new FakeTimeProvider();
        await using SyncServer server = await SyncServer.StartAsync(new SyncServerOptions { Limits = new SyncLimits { MaxGroups = 2 }, TimeProvider = time }, Token);
        foreach (string name in new[] { "first", "second" })
        {
            SyncOptions own = Options(server, "a", isCommand: true);
            own.Group = name;
            await using (SyncGroup a = await SyncGroup.JoinAsync(own, Token)) await a.SendAsync("here", Token);
            time.Advance(TimeSpan.FromMinutes(1));
        }
        SyncOptions third = Options(server, "a");
        third.Group = "third";
        await using SyncGroup joined = await SyncGroup.JoinAsync(third, Token);
        SyncOptions second = Options(server, "a");
        second.Group = "second";
        await using SyncGroup kept = await SyncGroup.JoinAsync(second, Token);

        Assert.Single(await kept.PeekAsync("here", Token));
    }

    [Fact]
    public async Task Status_SomebodyWaits_SaysForWhom()
    {
        await using var group = new InProcessGroup(["a", "b"], new FakeTimeProvider());
        _ = group["a"].Barrier("disk").RendezvousAsync(Token);

        GroupStatus status = await group["b"].GetStatusAsync(cancellationToken: Token);

        Assert.Equal("a waits in barrier 'disk' for b, for 0 s", Assert.Single(status.Waits).ToString());
        Assert.Equal(["a", "b"], status.Members.Select(member => member.Id));
    }

    private static SyncOptions Options(SyncServer server, string member, bool isCommand = false)
    {
        SyncOptions options = server.CreateMemberOptions(member);
        options.Roster = new Dictionary<string, string?> { ["a"] = null, ["b"] = null };
        options.IsCommand = isCommand;
        return options;
    }
}
