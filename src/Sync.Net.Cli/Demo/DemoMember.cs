using System.Diagnostics;

namespace Sync.Net.Cli.Demo;

/// <summary>One member of the demo, in a process of its own: the library as a test would use it.</summary>
internal sealed class DemoMember(string id, TextWriter output)
{
    public const string ServerUp = "server-up";
    public const string Setup = "setup";
    public const string TestDone = "test-done";

    public static readonly string[] Roster = ["alpha", "beta", "gamma"];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The first of the roster hosts the server; the others find it by their environment.</summary>
    public static string Master => Roster[0];

    public static async Task<int> RunAsync(string id, TextWriter output)
    {
        DemoMember member = new(id, output);
        try
        {
            await member.TakePartAsync();
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is ISyncFailure or ArgumentException)
        {
            member.Tell(DemoStep.Failed, told => told with { Error = e.Message });
            return ExitCodes.Failure;
        }
    }

    private async Task TakePartAsync()
    {
        await using SyncServer? server = id == Master ? await SyncServer.StartAsync() : null;
        SyncOptions options = server?.CreateMemberOptions(id) ?? SyncOptions.FromEnvironment();
        Tell(DemoStep.Started, told => told with { Endpoint = options.Endpoint, ProcessId = Environment.ProcessId });

        await WorkAsync(1);
        await MeetAsync(ServerUp, options, server);
        await WorkAsync(2);
        await ExchangeAsync(options, server);
        await WorkAsync(3);
        await MeetAsync(TestDone, options, server);
        Tell(DemoStep.Done);
    }

    private async Task MeetAsync(string tag, SyncOptions options, SyncServer? server)
    {
        await using Barrier barrier = new(id, tag, Limit, Roster, options, server);
        Tell(DemoStep.Arrives, told => told with { Session = tag });
        RendezvousResult met = await barrier.RendezvousAsync();
        Tell(DemoStep.Met, told => With(told, met));
    }

    private async Task ExchangeAsync(SyncOptions options, SyncServer? server)
    {
        string given = $"{id} is process {Environment.ProcessId}";
        await using SyncData<string> data = new(Master, id, Roster, Setup, Limit, options, server);
        Tell(DemoStep.Arrives, told => told with { Session = Setup, Given = given });
        SyncResult<string> all = await data.SyncAsync(given);
        Tell(DemoStep.Met, told => With(told, all.Meeting) with { Received = new Dictionary<string, string>(all, StringComparer.Ordinal) });
    }

    private static DemoEvent With(DemoEvent told, RendezvousResult met) => told with
    {
        Session = met.Session,
        Generation = met.Generation,
        Count = met.Count,
        Straggler = met.Straggler,
        Waited = met.Waited,
    };

    /// <summary>Stands for what a test does between two meetings; each member takes another time, and another one is last each time.</summary>
    private Task WorkAsync(int part)
    {
        int turn = (Array.IndexOf(Roster, id) + part) % Roster.Length;
        return Task.Delay(TimeSpan.FromMilliseconds(50 + (100 * turn)), TimeProvider.System);
    }

    private void Tell(DemoStep step, Func<DemoEvent, DemoEvent>? add = null)
    {
        DemoEvent told = new() { Step = step, Member = id, At = Stopwatch.GetTimestamp() };
        output.WriteLine((add?.Invoke(told) ?? told).ToLine());
        output.Flush();
    }
}
