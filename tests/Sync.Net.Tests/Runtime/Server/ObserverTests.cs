using System.Collections.Concurrent;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>What somebody who looks on a server is told of.</summary>
public sealed class ObserverTests : BoundedTest
{
    private readonly ConcurrentQueue<SyncEvent> _seen = new();

    [Fact]
    public async Task Barrier_ThatIsMet_IsToldFromBeginToEndInOrder()
    {
        await using SyncServer server = await StartAsync();
        await using SyncGroup a = await JoinAsync(server, "a");
        await using SyncGroup b = await JoinAsync(server, "b");
        Task first = a.Barrier("start").RendezvousAsync(Token);

        await b.Barrier("start").RendezvousAsync(Token);
        await first;
        await server.FlushObserverAsync();

        Assert.Equal(
            ["a Joined", "b Joined", "a begins 1 meet barrier start", "b begins 2 meet barrier start", "a ends 1 met 1 b", "b ends 2 met 1 b"],
            _seen.Select(Text));
        Assert.All(_seen.Zip(_seen.Skip(1)), static pair => Assert.True(pair.First.At <= pair.Second.At));
        Assert.All(_seen, static each => Assert.Equal("default", each.Group));
    }

    [Fact]
    public async Task Wait_ThatFails_IsToldWithItsFailureAndThenTheMembersEnd()
    {
        await using SyncServer server = await StartAsync();
        SyncGroup a = await JoinAsync(server, "a");
        await using SyncGroup b = await JoinAsync(server, "b");
        Task wait = b.SyncAsync("ready", Token);

        await a.FailAsync("no disk", Token);
        await Assert.ThrowsAsync<SyncException>(() => wait);
        await a.DisposeAsync();
        await server.FlushObserverAsync();

        SyncEvent ended = Assert.Single(_seen, static each => each.Kind == SyncEventKind.WaitEnded);
        Assert.Equal((false, SyncFailureKind.MemberFailed, "a", "no disk"), (ended.IsMet, ended.Failure!.Kind, ended.Failure.Culprit, ended.Failure.Reason));
        Assert.Equal(["a"], ended.Failure.Missing.Select(static each => each.Id));
        SyncEvent failed = Assert.Single(_seen, static each => each.State == MemberState.Failed && each.Kind == SyncEventKind.MemberChanged);
        Assert.Equal("no disk", failed.Reason);
    }

    [Fact]
    public async Task Wait_ThatIsCancelled_IsToldAsNeitherMetNorFailed()
    {
        await using SyncServer server = await StartAsync();
        await using SyncGroup a = await JoinAsync(server, "a");
        using var stop = new CancellationTokenSource();
        Task wait = a.WaitAsync("never", stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await server.FlushObserverAsync();

        SyncEvent ended = Assert.Single(_seen, static each => each.Kind == SyncEventKind.WaitEnded);
        Assert.Equal((false, null), (ended.IsMet, ended.Failure));
    }

    [Fact]
    public async Task Message_IsToldWithWhatItSays()
    {
        await using SyncServer server = await StartAsync();
        await using SyncGroup a = await JoinAsync(server, "a");

        await a.SendAsync("up", new Dictionary<string, string> { ["port"] = "80" }, cancellationToken: Token);
        await a.SendValueAsync("up", "text", cancellationToken: Token);
        await server.FlushObserverAsync();

        SyncEvent[] sent = [.. _seen.Where(static each => each.Kind == SyncEventKind.WaitBegan)];
        Assert.Equal(["send", "send"], sent.Select(static each => each.Act));
        Assert.Equal("80", sent[0].Data!["port"]);
        Assert.Null(sent[1].Data);
        Assert.DoesNotContain("80", sent[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observer_ThatThrows_IsToldOfWhatComesNext()
    {
        int calls = 0;
        await using SyncServer server = await SyncServer.StartAsync(
            new SyncServerOptions
            {
                Observer = seen =>
                {
                    _seen.Enqueue(seen);
                    if (Interlocked.Increment(ref calls) == 1) throw new InvalidOperationException("mine");
                },
            },
            Token);

        await (await JoinAsync(server, "a")).DisposeAsync();
        await server.FlushObserverAsync();

        Assert.Equal(["a Joined", "a Left"], _seen.Select(Text));
    }

    [Fact]
    public async Task X6_MemberThatIsRetiredBeforeItCame_EndsWaitsForItThatBeginLater()
    {
        await using SyncServer server = await StartAsync();
        server.Retire("default", "b", null, "exit code 1");
        await using SyncGroup a = await JoinAsync(server, "a");

        SyncException failed = await Assert.ThrowsAsync<SyncException>(() => a.SyncAsync("ready", Token));
        SyncException members = await Assert.ThrowsAsync<SyncException>(() => a.WaitForMembersAsync(Token));

        Assert.Equal((SyncFailureKind.MemberFailed, "b", "exit code 1"), (failed.Failure.Kind, failed.Failure.Culprit, failed.Failure.Reason));
        Assert.Equal(SyncFailureKind.MemberFailed, members.Failure.Kind);
    }

    [Fact]
    public async Task Rule1_MemberThatIsRetired_NeverCountsAsJoined()
    {
        await using SyncServer server = await StartAsync();
        await using SyncGroup a = await JoinAsync(server, "a");
        Task wait = a.WaitForMembersAsync(Token);

        server.Retire("default", "b", null, null);

        SyncException failed = await Assert.ThrowsAsync<SyncException>(() => wait);
        Assert.Equal((SyncFailureKind.MemberLeft, "b"), (failed.Failure.Kind, failed.Failure.Culprit));
    }

    private Task<SyncServer> StartAsync() => SyncServer.StartAsync(new SyncServerOptions { Observer = _seen.Enqueue }, Token);

    private Task<SyncGroup> JoinAsync(SyncServer server, string member)
    {
        SyncOptions options = server.CreateMemberOptions(member);
        options.Roster = new Dictionary<string, string?> { ["a"] = null, ["b"] = null };
        return SyncGroup.JoinAsync(options, Token);
    }

    private static string Text(SyncEvent seen) => seen.Kind switch
    {
        SyncEventKind.MemberChanged => $"{seen.Member} {seen.State}",
        SyncEventKind.WaitBegan => $"{seen.Member} begins {seen.Wait} {seen.Act} {seen.SessionKind} {seen.Session}",
        _ => $"{seen.Member} ends {seen.Wait} {(seen.IsMet ? "met" : seen.Failure?.Kind.ToString() ?? "withdrawn")} {seen.Generation} {seen.Straggler}",
    };
}
