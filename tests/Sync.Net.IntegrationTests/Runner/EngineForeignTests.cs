using System.Globalization;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Runner;

/// <summary>A server that is not the runner's: its members' own records tell of their waits.</summary>
public sealed class EngineForeignTests : IAsyncLifetime
{
    private const string Key = "0123456789abcdef";

    private readonly List<SyncEvent> _seen = [];
    private SyncServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await SyncServer.StartAsync(new SyncServerOptions { Key = Key, Observer = _seen.Add }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task L10_RecordedWaits_AreWhatTheServerItselfSaw()
    {
        await using EngineLab lab = Lab();
        const string Both = """
            syncnet barrier start; syncnet barrier start; syncnet data exchange mine > /dev/null; syncnet sync phase; syncnet send up; syncnet wait-all up
            syncnet count wait all --participants 2; syncnet state set READY; syncnet state wait READY; syncnet barrier never --timeout 1 2> /dev/null; true
            """;
        lab.Add("a", Both);
        lab.Add("b", Both + "; syncnet result x=1");

        RunResult result = await lab.RunAsync();
        await _server.FlushObserverAsync();

        Assert.True(result.Passed, EngineLab.Summary(result) + lab.Log);
        SyncEvent[] seen = [.. _seen.Where(each => each is { Kind: SyncEventKind.WaitEnded } && each.Group == result.Group && each.Session != "syncnet.result")];
        SyncEvent[] told = [.. seen.OrderBy(KeyOf, StringComparer.Ordinal)];
        WaitRecord[] recorded = [.. result.Waits.OrderBy(KeyOf, StringComparer.Ordinal)];
        Assert.Equal(told.Select(KeyOf), recorded.Select(KeyOf));
        // The record tells of messages, too, who came last.
        Assert.All(told.Zip(recorded), static each => Assert.True(each.First.Straggler is null || each.First.Straggler == each.Second.Straggler, each.ToString()));
        Assert.All(told.Zip(recorded), static each => Assert.InRange(each.Second.Began, each.First.At - each.First.Waited - TimeSpan.FromSeconds(2), each.First.At));
        Assert.Equal(["1/record.jsonl", "2/record.jsonl"], Directory.EnumerateFiles(lab.Results, "record.jsonl", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(lab.Results, file)).Order());
        Assert.All(result.Waits, each => Assert.InRange(each.Began, result.Started, each.Ended!.Value));
        Assert.All(result.Waits, each => Assert.InRange(each.Ended!.Value, each.Began, result.Ended));
        Assert.Equal(result.Waits.OrderBy(each => each.Began), result.Waits);
        Assert.Contains("barrier &#39;never&#39;", lab.Read("junit.xml").Replace("'", "&#39;", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task X6_ExitsWith0TooEarly_IsTheRootCause()
    {
        await using EngineLab lab = Lab();
        lab.Add("a", "syncnet wait go");
        lab.Add("b", "syncnet send go; syncnet sync ready");

        RunResult result = await lab.RunAsync();

        Assert.Equal(
            "a: Fail, RootCause, it ended (exit code 0) too early: b still waited for it in message 'ready'\nb: Fail, Collateral, exit code 82",
            EngineLab.Summary(result));
    }

    /// <summary>By exit codes alone the first that failed would be blamed.</summary>
    [Fact]
    public async Task X6_OfTwoThatFail_WhoWasWaitedForIsTheCause()
    {
        await using EngineLab lab = Lab();
        // a has nothing to do with the wait of c, and fails first.
        lab.Add("a", "syncnet wait begun; exit 4");
        lab.Add("b", "syncnet send begun; while ! [ -e given-up ]; do :; done; exit 5");
        lab.Add("c", "syncnet barrier pair --roster b,c --timeout 2; code=$?; touch given-up; exit $code");

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Fail, RootCause, exit code 4\nb: Fail, RootCause, exit code 5\nc: Fail, Collateral, exit code 124", EngineLab.Summary(result));
        Assert.Equal(["b"], result.Waits.Single(static each => each.Session == "pair").Missing);
    }

    [Fact]
    public async Task Record_OfTheMembersOwn_IsLeftToIt()
    {
        await using EngineLab lab = Lab();
        string own = Path.Combine(lab.Work, "own.jsonl");
        RunMember a = new("a") { Command = ["sh", "-c", "syncnet send up"] };
        a.Environment["SYNC_NET_RECORD"] = own;
        lab.Add(a);

        RunResult result = await lab.RunAsync();

        Assert.True(result.Passed, EngineLab.Summary(result));
        Assert.Empty(result.Waits);
        Assert.Single(await File.ReadAllLinesAsync(own, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Folder_NotGiven_WaitsAreKnownAllTheSame()
    {
        MultiHostRun run = new("bare") { Endpoint = _server.Endpoint, Key = Key };
        run.Add(new RunMember("a") { Action = static async (group, token) => await group.Barrier("start").RendezvousAsync(token) });
        run.Add(new RunMember("b") { Action = static async (group, token) => await group.Barrier("start").RendezvousAsync(token) });

        RunResult result = await run.RunAsync(TestContext.Current.CancellationToken).Within(Bounded.Limit);

        Assert.True(result.Passed, result.Reason);
        Assert.Equal(["a start released", "b start released"], result.Waits.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Member} {each.Session} {each.Outcome}")).Order(StringComparer.Ordinal));
    }

    private static string KeyOf(SyncEvent each) =>
        $"{each.Member} {each.SessionKind} '{each.Session}' {each.Act} {each.Generation} {each.IsMet} {each.Failure?.Culprit} {string.Join(',', each.Failure?.Missing.Select(static one => one.Id) ?? [])}";

    private static string KeyOf(WaitRecord each) =>
        $"{each.Member} {each.Kind} '{each.Session}' {each.Act} {each.Generation} {each.IsMet} {each.Culprit} {string.Join(',', each.Missing)}";

    private EngineLab Lab()
    {
        EngineLab lab = new();
        lab.Run.Endpoint = _server.Endpoint;
        lab.Run.Key = Key;
        return lab;
    }
}
