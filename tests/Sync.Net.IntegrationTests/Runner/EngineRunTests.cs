using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Runner;

public sealed class EngineRunTests
{
    /// <summary>Each passes the ball on when all have come to its barrier, as in Avocado's example.</summary>
    private const string Ring = """
        for n in 1 2 3; do
          syncnet barrier ping$n || exit
          if [ "$SYNC_NET_MEMBER" = host$n ]; then echo "ball $n"; fi
        done
        """;

    [Fact]
    public async Task V7_RingOfThree_PassesWithNineWaitsAndEachBallOnce()
    {
        await using EngineLab lab = new("pingpong");
        lab.Add(new RunMember("host") { Count = 3, Command = ["sh", "-c", Ring], WorkingFolder = lab.Work });

        RunResult result = await lab.RunAsync();

        Assert.Equal("host1: Pass, None\nhost2: Pass, None\nhost3: Pass, None", EngineLab.Summary(result));
        Assert.Equal(9, result.Waits.Count);
        Assert.All(result.Waits, each => Assert.True(each.IsMet && each.Straggler is not null && each.Ended >= each.Began, each.ToString()));
        Assert.Equal(["ball 1\n", "ball 2\n", "ball 3\n"], Enumerable.Range(1, 3).Select(n => lab.Read($"{n}/output.log")));
        Assert.All(result.Members, each => Assert.True(each.Clock!.Offset.Duration() <= each.Clock.Error + TimeSpan.FromMilliseconds(20), each.Clock.ToString()));
        Assert.Equal(["0\n", "0\n", "0\n"], Enumerable.Range(1, 3).Select(n => lab.Read($"{n}/exit-code")));
    }

    [Fact]
    public async Task V4_Folder_HoldsTheLogInOrderAndWorkersWithoutSecrets()
    {
        await using EngineLab lab = new("folder");
        lab.Run.Key = "0123456789abcdef-the-secret";
        RunMember a = new("a")
        {
            Role = "server",
            Command = ["sh", "-c", "echo hello; echo oops >&2; syncnet result rate=7; echo report > out.txt; syncnet send ready"],
            WorkingFolder = lab.Work,
        };
        a.Collect.Add("out.*");
        lab.Add(a);
        lab.Add("b", "syncnet wait ready");

        RunResult result = await lab.RunAsync();

        Assert.True(result.Passed, EngineLab.Summary(result) + lab.Log);
        Assert.Equal("7", result.Members[0].Values["rate"]);
        Assert.Equal(["1/files/out.txt"], result.Members[0].Files);
        Assert.Equal("report\n", lab.Read("1/files/out.txt"));
        Assert.Contains("SYNC_NET_MEMBER=a\n", lab.Read("1/environment"), StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", string.Concat(Directory.EnumerateFiles(lab.Results, "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        string[] log = [.. lab.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
        AssertInOrder(log, "running a", "a| hello", "a sent 'ready'", "PASS a", "PASS run folder");
        AssertInOrder(log, "b waits in message 'ready' (wait)", "b released from message 'ready' after", "PASS b");
        Assert.Contains("a| oops", log);
        AssertEqual(result, RunResults.Load(lab.Results));
    }

    [Fact]
    public async Task Key_NotGiven_IsAnotherOneForEachRunAndInNoResult()
    {
        List<string> keys = [];
        for (int i = 0; i < 2; i++)
        {
            await using EngineLab lab = new();
            string file = Path.Combine(lab.Work, "key");
            lab.Add("a", $"printf %s \"$SYNC_NET_KEY\" > {file}; syncnet send up");

            Assert.True((await lab.RunAsync()).Passed);
            keys.Add(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(keys[i], string.Concat(Directory.EnumerateFiles(lab.Results, "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        }

        Assert.All(keys, static key => Assert.Equal(32, Convert.FromHexString(key).Length));
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Fact]
    public async Task Environment_OfTheRunnerItself_IsNotTheWorkers()
    {
        Environment.SetEnvironmentVariable("SYNC_NET_CACHE", "/nowhere");
        await using EngineLab lab = new();
        lab.Add("a", "env | grep ^SYNC_NET_ | cut -d= -f1 | sort");

        await lab.RunAsync();

        Environment.SetEnvironmentVariable("SYNC_NET_CACHE", null);
        Assert.Equal(
            "SYNC_NET_ENDPOINT SYNC_NET_GROUP SYNC_NET_INCARNATION SYNC_NET_KEY SYNC_NET_MEMBER SYNC_NET_ROSTER SYNC_NET_RUN SYNC_NET_WORKER",
            lab.Read("1/output.log").Trim().ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task L9_DelayedRole_StartsWhenTheOtherHasSent()
    {
        await using EngineLab lab = new();
        lab.Add("server", "syncnet send up; syncnet wait done", "server");
        lab.Add(new RunMember("client") { Command = ["sh", "-c", "syncnet send done"], WorkingFolder = lab.Work, StartAfter = StartCondition.AfterMessage("up", "server") });

        RunResult result = await lab.RunAsync();

        Assert.True(result.Passed, EngineLab.Summary(result));
        WaitRecord up = result.Waits.Single(each => each is { Act: "send", Session: "up" });
        Assert.True(result.Members[1].Started >= up.Began);
    }

    [Fact]
    public async Task Master_AMemberThatHosts_HasTheOthersComeToIt()
    {
        await using EngineLab lab = new();
        lab.Run.Master = "127.0.0.1";
        lab.Add("127.0.0.1", "syncnet serve --listen 127.0.0.1:11922 > /dev/null & syncnet send up; syncnet wait done; r=$?; kill $!; exit $r");
        lab.Add("127.0.0.1#2", "syncnet wait up && syncnet send done");

        RunResult result = await lab.RunAsync();

        Assert.True(result.Passed, EngineLab.Summary(result) + lab.Log);
        Assert.Equal(
            ["127.0.0.1 send 'up' released", "127.0.0.1 wait 'done' released", "127.0.0.1#2 send 'done' released", "127.0.0.1#2 wait 'up' released"],
            result.Waits.Select(each => $"{each.Member} {each.Act} '{each.Session}' {each.Outcome}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoint_ThatRunsAlready_IsUsedAndHearsOfEnds()
    {
        await using SyncServer server = await SyncServer.StartAsync(new SyncServerOptions { Key = "0123456789abcdef" }, TestContext.Current.CancellationToken);
        await using EngineLab lab = new();
        lab.Run.Endpoint = server.Endpoint;
        lab.Run.Key = "0123456789abcdef";
        lab.Add("a", "syncnet result x=1; exit 3");
        lab.Add("b", "syncnet wait-all never");

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Fail, RootCause, exit code 3\nb: Fail, Collateral, exit code 83", EngineLab.Summary(result));
        Assert.Equal("1", result.Members[0].Values["x"]);
    }

    private static void AssertInOrder(string[] lines, params string[] starts)
    {
        int at = -1;
        foreach (string start in starts)
        {
            at = Array.FindIndex(lines, at + 1, line => line.StartsWith(start, StringComparison.Ordinal));
            Assert.True(at >= 0, $"'{start}' is missing, or too early, in\n{string.Join('\n', lines)}");
        }
    }

    private static void AssertEqual(RunResult expected, RunResult actual) => Assert.Equivalent(expected, actual, strict: true);
}
