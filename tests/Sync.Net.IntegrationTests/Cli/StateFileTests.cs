using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>RULES 2 with real processes: what `serve --state` keeps when it is killed, or stopped, and started again.</summary>
public sealed class StateFileTests
{
    [Theory]
    [InlineData(PosixSignals.Kill)]
    [InlineData(PosixSignals.Terminate)]
    public async Task Rule2_ServerStartedAgain_HasMessagesStatesAndCredits(int signal)
    {
        await using ToolLab lab = await ToolLab.StartAsync("--state", "state");
        AssertPassed(await lab.RunAsync("a", "send", "m", "k=v w"));
        AssertPassed(await lab.RunAsync("b", "send", "m", "k=x"));
        AssertPassed(await lab.RunAsync("a", "state", "set", "up"));
        AssertPassed(await lab.RunAsync("a", "count", "add", "1", "--code", "3"));
        AssertPassed(await lab.RunAsync("a", "count", "add", "1", "used"));
        AssertPassed(await lab.RunAsync("b", "count", "wait", "used"));

        PosixSignals.Send(lab.Server, signal);
        await lab.StartNextServerAsync("--state", "state");

        Assert.Equal("v w\n", AssertPassed(await lab.RunAsync("b", "wait", "m", "--from", "a", "--get", "k")).Output);
        Assert.Equal("a\tk=v w\nb\tk=x\n", AssertPassed(await lab.RunAsync("b", "wait-all", "m")).Output);
        AssertPassed(await lab.RunAsync("b", "state", "wait", "up", "a"));
        Assert.Equal("3\n", AssertPassed(await lab.RunAsync("b", "count", "wait")).Output);
        Assert.Equal(124, (await lab.RunAsync("b", "count", "wait", "used", "--timeout", "0.3")).ExitCode);
        Assert.Equal(124, (await lab.RunAsync("b", "count", "wait", "--timeout", "0.3")).ExitCode);
    }

    [Fact]
    public async Task Rule2_OpenBarrier_IsUndecidedAndNotContinued()
    {
        await using ToolLab lab = await ToolLab.StartAsync("--state", "state");
        Command barrier = lab.Start("a", "barrier", "x"), count = lab.Start("a", "count", "wait");
        await lab.WaitedForAsync("x");
        await lab.WaitedForAsync("barrier");
        AssertPassed(await lab.RunAsync("a", "send", "m"));

        PosixSignals.Send(lab.Server, PosixSignals.Kill);
        Assert.Equal(76, (await barrier.EndAsync()).ExitCode);
        Assert.Equal(76, (await count.EndAsync()).ExitCode);
        await lab.StartNextServerAsync("--state", "state");

        Assert.Equal(124, (await lab.RunAsync("b", "barrier", "x", "--timeout", "0.3")).ExitCode);
        Assert.Equal(124, (await lab.RunAsync("b", "count", "init", "1", "--timeout", "0.3")).ExitCode);
        AssertPassed(await lab.RunAsync("b", "wait", "m"));
    }

    [Fact]
    public async Task Rule13_Sync_KeepsItsContributionAndPassesNobodyTwice()
    {
        await using ToolLab lab = await ToolLab.StartAsync("--state", "state");
        Command sync = lab.Start("a", "sync", "x", "k=1");
        await lab.WaitedForAsync("x");

        PosixSignals.Send(lab.Server, PosixSignals.Kill);
        Assert.Equal(76, (await sync.EndAsync()).ExitCode);
        await lab.StartNextServerAsync("--state", "state");
        Assert.Contains("a\tk=1\n", AssertPassed(await lab.RunAsync("b", "sync", "x", "k=2")).Output, StringComparison.Ordinal);

        PosixSignals.Send(lab.Server, PosixSignals.Kill);
        await lab.StartNextServerAsync("--state", "state");
        Assert.Equal(124, (await lab.RunAsync("b", "sync", "x", "--timeout", "0.3")).ExitCode);
        // The same round again: b has contributed to it before.
        AssertPassed(await lab.RunAsync("a", "sync", "x"));
        AssertPassed(await lab.RunAsync("a", "sync", "x"));
    }

    [Fact]
    public async Task Rule2_StoppedInGoodOrder_WaitsGoOnAtTheNextServer()
    {
        await using ToolLab lab = await ToolLab.StartAsync("--state", "state");
        AssertPassed(await lab.RunAsync("a", "send", "early"));
        Command wait = lab.Start("b", "wait", "late");
        await lab.WaitedForAsync("late");

        PosixSignals.Send(lab.Server, PosixSignals.Terminate);
        await lab.StartNextServerAsync("--state", "state");
        AssertPassed(await lab.RunAsync("a", "send", "late"));

        AssertPassed(await wait.EndAsync());
        AssertPassed(await lab.RunAsync("b", "wait", "early"));
    }

    [Fact]
    public async Task X1_KilledBetweenSends_EverySendThatWasAcknowledgedIsThereOnce()
    {
        await using ToolLab lab = await ToolLab.StartAsync("--state", "state");
        for (int start = 0; start < 3; start++)
        {
            int acknowledged = await SendUntilLostAsync(lab, $"m{start}", killAfter: 40 + (start * 17));
            await lab.StartNextServerAsync("--state", "state");

            await using SyncGroup group = await JoinAsync(lab);
            SyncMessages kept = await group.PeekAsync($"m{start}", TestContext.Current.CancellationToken);
            Assert.InRange(kept.Count, acknowledged, acknowledged + 1);
            Assert.Equal(Enumerable.Range(1, kept.Count).Select(static number => $"{number}"), kept.Select(static each => each["n"]));
        }
    }

    [Fact]
    public async Task SecondServerOnOneFile_IsRefusedAndHarmsNobody()
    {
        await using ToolLab lab = await ToolLab.StartAsync("--state", "state");

        ProgramRun second = await lab.RunAsync(null, "serve", "--state", "state");

        AssertRefused(second, "'state' is used by another server");
        AssertPassed(await lab.RunAsync("a", "send", "m"));
    }

    [Fact]
    public async Task ForeignFile_IsRefusedAndNotOverwritten()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string file = Path.Combine(lab.Folder, "notes");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        AssertRefused(await lab.RunAsync(null, "serve", "--state", "notes"), "'notes' is no state file of syncnet");

        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task X1_DiskFull_FailsTheSendAndTheServerAndKeepsWhatWasAcknowledged()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        PosixSignals.Send(lab.Server, PosixSignals.Terminate);
        await lab.Server.EndAsync();
        // A file may not grow beyond 200 kB: what a full disk does, for one process. The runtime's own code files must not count.
        lab.Variables["DOTNET_EnableWriteXorExecute"] = "0";
        Command server = lab.StartProgram(null, "sh", "-c", "trap '' XFSZ; ulimit -f 400; exec syncnet serve --state state");
        lab.Variables["SYNC_NET_ENDPOINT"] = await server.FirstLineAsync();
        AssertPassed(await lab.RunAsync("a", "send", "m", "k=v"));

        ProgramRun failed = await lab.RunAsync("a", "send", "m", $"k={new string('x', 100_000)}", $"l={new string('x', 100_000)}", $"m={new string('x', 100_000)}");
        ProgramRun ended = await server.EndAsync();

        Assert.Equal(76, failed.ExitCode);
        Assert.Contains("the state file 'state' can't be written", failed.Error, StringComparison.Ordinal);
        Assert.Equal(74, ended.ExitCode);
        Assert.Contains("the state file 'state' can't be written", ended.Error, StringComparison.Ordinal);
        await lab.StartNextServerAsync("--state", "state");
        Assert.Equal("a\tk=v\n", AssertPassed(await lab.RunAsync("b", "wait", "m")).Output);
    }

    /// <summary>Sends 1, 2, 3… and kills the server without waiting for the last; returns how many were acknowledged.</summary>
    private static async Task<int> SendUntilLostAsync(ToolLab lab, string id, int killAfter)
    {
        await using SyncGroup group = await JoinAsync(lab);
        int acknowledged = 0;
        try
        {
            while (true)
            {
                Task sent = group.SendAsync(id, new Dictionary<string, string> { ["n"] = $"{acknowledged + 1}" }, null, TestContext.Current.CancellationToken);
                if (acknowledged == killAfter) PosixSignals.Send(lab.Server, PosixSignals.Kill);
                await sent.Within(Bounded.Limit);
                acknowledged++;
            }
        }
        catch (SyncException e)
        {
            Assert.Equal(SyncFailureKind.ServerLost, e.Failure.Kind);
            Assert.InRange(acknowledged, killAfter, int.MaxValue);
            return acknowledged;
        }
    }

    private static Task<SyncGroup> JoinAsync(ToolLab lab) => SyncGroup.JoinAsync(
        new SyncOptions
        {
            Endpoint = lab.Variables["SYNC_NET_ENDPOINT"],
            Member = "a",
            Roster = new Dictionary<string, string?> { ["a"] = "client", ["b"] = "server" },
        },
        TestContext.Current.CancellationToken).Within(Bounded.Limit);

    private static ProgramRun AssertPassed(ProgramRun run)
    {
        Assert.True(run.ExitCode == 0, run.All);
        return run;
    }

    private static void AssertRefused(ProgramRun run, string why)
    {
        Assert.Equal(74, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }
}
