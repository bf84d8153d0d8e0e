using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>`syncnet bench` measures meetings that took place, and nothing else.</summary>
public sealed class BenchTests
{
    private static readonly string[] Spreads = ["latency", "skew", "wait"];
    private static readonly string[] Percentiles = ["min", "p50", "p90", "p99", "p99.9", "max"];

    [Theory]
    [InlineData]
    [InlineData("--data", "100")]
    public async Task Bench_FourMembersInTwoProcesses_TellsFiguresThatFitEachOther(params string[] more)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        lab.Variables.Remove("SYNC_NET_ENDPOINT");
        ProgramRun run = await lab.RunAsync(null, ["bench", "--members", "4", "--processes", "2", "--rounds", "50", "--warm-up", "20", "--json", .. more]);

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Empty(run.Error);
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        AssertCounts(json, members: 4, here: 4, rounds: 50);
        Assert.Equal(2, json.GetProperty("processes").GetInt32());
        Assert.Equal(50, json.GetProperty("latency").GetProperty("count").GetInt32());
        Assert.Equal(4 / json.GetProperty("joinSeconds").GetDouble(), json.GetProperty("joinsPerSecond").GetDouble(), 0.1 * json.GetProperty("joinsPerSecond").GetDouble());
        double all = json.GetProperty("roundsSeconds").GetDouble();
        Assert.Equal(50 / all, json.GetProperty("roundsPerSecond").GetDouble(), 0.01 * json.GetProperty("roundsPerSecond").GetDouble());
        Assert.InRange(json.GetProperty("latency").GetProperty("max").GetDouble(), 0, all * 1e6);
        // Nobody returns before the last one has come, so in each round, and thus at each percentile, the skew is the smaller one.
        Assert.All(Percentiles, name => Assert.InRange(json.GetProperty("latency").GetProperty(name).GetDouble(), json.GetProperty("skew").GetProperty(name).GetDouble(), double.MaxValue));
    }

    [Fact]
    public async Task Bench_TwoHosts_TellTheirOwnRoundsAndShareThem()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string[] line = ["bench", "--hosts", "alpha,beta", "--members", "2", "--processes", "1", "--rounds", "40", "--warm-up", "10", "--json", "--group", "two"];
        Command alpha = lab.Start("alpha", line);
        Command beta = lab.Start("beta", line);
        ProgramRun[] runs = [await alpha.EndAsync(), await beta.EndAsync()];

        Assert.All(runs, static run => Assert.True(run.ExitCode == 0, run.All));
        JsonElement[] both = [.. runs.Select(static run => JsonDocument.Parse(run.Output).RootElement)];
        Assert.All(both, static json => AssertCounts(json, members: 4, here: 2, rounds: 40));
        // Each round's last member is of one of the hosts, which both learn alike.
        Assert.Equal(40, both.Sum(static json => json.GetProperty("latency").GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Bench_HostsThatMeasureDifferentThings_EndWithMismatch()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string[] line = ["bench", "--hosts", "alpha,beta", "--members", "1", "--warm-up", "0", "--group", "two", "--rounds"];
        Command alpha = lab.Start("alpha", [.. line, "40"]);
        Command beta = lab.Start("beta", [.. line, "50"]);

        ProgramRun run = await alpha.EndAsync();
        Assert.Equal(85, run.ExitCode);
        Assert.Equal("syncnet: bench: 'beta#1' measures --members 1 --rounds 50 --warm-up 0, and this host --members 1 --rounds 40 --warm-up 0: give the same on all hosts\n", run.Error);
        Assert.Empty(run.Output);
        Assert.Equal(85, (await beta.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Bench_AProcessOfMembersIsKilled_EndsWithMemberLost()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Meetings meetings = await EndlessAsync(lab, "--processes", "2");
        Kill(meetings.Children[0]);
        ProgramRun run = await meetings.Command.EndAsync();

        Assert.Equal(81, run.ExitCode);
        Assert.Contains("was lost", run.Error, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("member-lost", json.GetProperty("failure").GetString());
        Assert.Contains(json.GetProperty("culprit").GetString(), new[] { "a#1", "a#2", "a#3", "a#4" });
    }

    [Fact]
    public async Task Bench_TheOnlyProcessIsKilled_EndsWithOne()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Meetings meetings = await EndlessAsync(lab, "--processes", "1");
        Kill(meetings.Children[0]);
        ProgramRun run = await meetings.Command.EndAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"syncnet: bench: process {meetings.Children[0]} of its members ended with 137 in the middle\n", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Bench_TheServerIsKilled_EndsAsUndecided()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Meetings meetings = await EndlessAsync(lab, "--processes", "2");
        Kill(lab.Server.Pid);

        Assert.Equal(76, (await meetings.Command.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Bench_TimeoutBeforeTheLastRound_EndsWith124()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        ProgramRun run = await lab.RunAsync(null, "bench", "--members", "2", "--rounds", "1000000", "--timeout", "3");

        Assert.True(run.ExitCode == 124, run.All);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Bench_IsItselfKilled_LeavesNoProcess()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Meetings meetings = await EndlessAsync(lab, "--processes", "2");
        Process[] children = [.. meetings.Children.Select(Process.GetProcessById)];
        Kill(meetings.Command.Pid);
        await meetings.Command.EndAsync();

        foreach (Process child in children) await child.WaitForExitAsync(TestContext.Current.CancellationToken).Within(Bounded.Limit);
    }

    /// <summary>Four members that meet for longer than any test, as soon as they do.</summary>
    private static async Task<Meetings> EndlessAsync(ToolLab lab, params string[] more)
    {
        lab.Variables["SYNC_NET_ROSTER"] = null;
        Command command = lab.Start(null, ["bench", "--members", "4", "--rounds", "1000000", "--warm-up", "0", "--json", "--group", "endless", .. more]);
        lab.Variables["SYNC_NET_GROUP"] = "endless";
        await lab.WaitedForAsync("bench");
        return new Meetings(command, ChildrenOf(command.Pid));
    }

    /// <summary>Whichever of its threads started them.</summary>
    private static int[] ChildrenOf(int pid) =>
    [
        .. Directory.GetDirectories($"/proc/{pid}/task")
            .SelectMany(static task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(static each => int.Parse(each, CultureInfo.InvariantCulture))
            .Order(),
    ];

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private static void AssertCounts(JsonElement json, int members, int here, int rounds)
    {
        Assert.Equal(members, json.GetProperty("members").GetInt32());
        Assert.Equal(here, json.GetProperty("membersHere").GetInt32());
        Assert.Equal(rounds, json.GetProperty("rounds").GetInt32());
        Assert.Equal(rounds, json.GetProperty("skew").GetProperty("count").GetInt32());
        Assert.Equal(here * rounds, json.GetProperty("wait").GetProperty("count").GetInt32());
        foreach (string spread in Spreads)
        {
            if (json.GetProperty(spread).GetProperty("count").GetInt32() == 0) continue;
            double[] figures = [.. Percentiles.Select(name => json.GetProperty(spread).GetProperty(name).GetDouble())];
            Assert.All(figures, static figure => Assert.InRange(figure, 0, double.MaxValue));
            Assert.Equal(figures.Order(), figures);
        }
    }

    private sealed record Meetings(Command Command, int[] Children);
}
