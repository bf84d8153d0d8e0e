using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>Every way to fail has its exit code, and none is 0.</summary>
public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("barrier", "x")]
    [InlineData("wait", "x")]
    [InlineData("wait-all", "x")]
    [InlineData("sync", "x")]
    [InlineData("data", "x", "v")]
    [InlineData("count", "wait")]
    [InlineData("state", "wait", "up", "b")]
    public async Task X1_TimedOut_EndsWith124AndSaysWhoIsMissing(params string[] wait)
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await lab.RunAsync("a", [.. wait, "--timeout", "0.2"]);

        AssertFailed(run, 124);
        if (wait[0] is "barrier" or "wait-all" or "sync" or "data" or "state") Assert.Contains("b", run.Error.Split("missing", 2)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task X1_NoServer_TimesOutWith124()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        lab.Variables["SYNC_NET_ENDPOINT"] = $"127.0.0.1:{Ports.Free()}";

        AssertFailed(await lab.RunAsync("a", "send", "x", "--timeout", "0.3"), 124);
    }

    [Fact]
    public async Task X1_HeldMemberKilled_EndsWaitsForItWith81()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command holder = lab.Start("b", "hold", "--", "sh", "-c", "echo up; exec sleep 60");
        Assert.Equal("up", await holder.FirstLineAsync());
        Command wait = lab.Start("a", "barrier", "x");
        await lab.WaitedForAsync("x");

        PosixSignals.Send(holder, PosixSignals.Kill);

        ProgramRun run = await wait.EndAsync();
        AssertFailed(run, 81);
        Assert.Contains("b was lost", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(82, "leave")]
    [InlineData(83, "fail", "no disk")]
    [InlineData(84, "abort", "enough")]
    [InlineData(84, "abort", "x", "enough")]
    public async Task X1_EndedByTheOther_HasItsCode(int code, params string[] end)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("a", "barrier", "x");
        await lab.WaitedForAsync("x");

        Assert.Equal(0, (await lab.RunAsync("b", end)).ExitCode);

        AssertFailed(await wait.EndAsync(), code);
    }

    [Fact]
    public async Task X1_OtherRoster_IsMismatch85()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("a", "barrier", "x", "--roster", "a,b");
        await lab.WaitedForAsync("x");

        ProgramRun other = await lab.RunAsync("b", "barrier", "x", "--roster", "a,b,c");

        AssertFailed(other, 85);
        AssertFailed(await wait.EndAsync(), 85);
    }

    [Theory]
    [InlineData("send", "x", "a=b")]
    [InlineData("sync", "x")]
    [InlineData("wait", "x")]
    [InlineData("result", "a=b")]
    [InlineData("state", "set", "up")]
    public async Task X1_OtherGroup_IsMismatch85AndCountsForNobody(params string[] command)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command[] waits = [lab.Start("a", "wait", "x", "--others"), lab.Start("a", "sync", "x"), lab.Start("a", "state", "wait", "up", "b"), lab.Start("a", "wait", "syncnet.result")];
        await lab.WaitedForAsync("x", "states", "syncnet.result");

        ProgramRun other = await lab.RunAsync("b", [.. command, "--group-roster", "a,b,c"]);

        AssertFailed(other, 85);
        Assert.Contains("b declares the group as [a, b, c], and it is [", other.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await lab.RunAsync("a", "abort", "the test is over")).ExitCode);
        foreach (Command wait in waits) AssertFailed(await wait.EndAsync(), 84);
    }

    [Fact]
    public async Task X8_EveryMemberWaitsForAnother_IsDeadlock86AndTellsTheCycle()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command[] waits = [lab.Start("a", "wait-all", "from-b", "--of", "b", "--one-wait"), lab.Start("b", "barrier", "x", "--one-wait")];

        ProgramRun[] runs = await Task.WhenAll(waits.Select(each => each.EndAsync()));

        Assert.All(runs, run => AssertFailed(run, 86));
        Assert.All(runs, run => Assert.Contains("a waits in 'from-b' for b", run.Error, StringComparison.Ordinal));
        Assert.All(runs, run => Assert.Contains("b waits in 'x' for a", run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task X1_ServerKilled_IsUndecided76()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("a", "barrier", "x");
        await lab.WaitedForAsync("x");

        PosixSignals.Send(lab.Server, PosixSignals.Kill);

        AssertFailed(await wait.EndAsync(), 76);
    }

    [Fact]
    public async Task X1_WrongKey_IsRefused77()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        lab.Variables["SYNC_NET_KEY"] = "a key that the server does not have";

        AssertFailed(await lab.RunAsync("a", "barrier", "x"), 77);
    }

    [Fact]
    public async Task X1_StrangerToTheGroup_FailsAndHarmsNobody()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("a", "barrier", "x");
        await lab.WaitedForAsync("x");
        lab.Variables["SYNC_NET_ROSTER"] = "a=client,b=server,z";

        ProgramRun stranger = await lab.RunAsync("z", "barrier", "x");
        lab.Variables["SYNC_NET_ROSTER"] = "a=client,b=server";

        Assert.Contains(stranger.ExitCode, new[] { 77, 85 });
        Assert.Equal(0, (await lab.RunAsync("b", "barrier", "x")).ExitCode);
        Assert.Equal(0, (await wait.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task X1_AnotherStartOfAHeldMember_IsRefused77()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command holder = lab.Start("b", "hold", "--", "sh", "-c", "echo up; exec sleep 60");
        await holder.FirstLineAsync();

        AssertFailed(await lab.RunAsync("b", "send", "x"), 77);
    }

    [Fact]
    public async Task X1_CountCleared_EndsWith87()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command[] waits = [lab.Start("a", "count", "wait"), lab.Start("b", "count", "wait", "other")];
        await lab.WaitedForAsync("barrier");
        await lab.WaitedForAsync("other");

        Assert.Equal(0, (await lab.RunAsync("b", "count", "clear")).ExitCode);
        AssertFailed(await waits[0].EndAsync(), 87);

        PosixSignals.Send(lab.Server, PosixSignals.Hangup);
        AssertFailed(await waits[1].EndAsync(), 87);
    }

    [Theory]
    [InlineData(PosixSignals.Interrupt, 130)]
    [InlineData(PosixSignals.Terminate, 143)]
    public async Task Signal_WithdrawsTheArrivalAndEndsWith128AndItsNumber(int signal, int code)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("a", "barrier", "x");
        await lab.WaitedForAsync("x");

        await PosixSignals.HandledAsync(wait, signal);
        PosixSignals.Send(wait, signal);
        AssertFailed(await wait.EndAsync(), code);

        AssertFailed(await lab.RunAsync("b", "barrier", "x", "--timeout", "0.2"), 124);
    }

    [Fact]
    public async Task Rule18_KilledCommand_WithdrawsAndLosesNobody()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("a", "barrier", "x");
        await lab.WaitedForAsync("x");
        PosixSignals.Send(wait, PosixSignals.Kill);
        await wait.EndAsync();

        Command[] both = [lab.Start("b", "barrier", "x"), lab.Start("a", "barrier", "x")];

        Assert.All(await Task.WhenAll(both.Select(each => each.EndAsync())), run => Assert.True(run.ExitCode == 0, run.All));
    }

    [Theory]
    [InlineData]
    [InlineData("dmeo")]
    [InlineData("--version")]
    [InlineData("demo", "--help")]
    [InlineData("barrier")]
    [InlineData("barrier", "x", "y")]
    [InlineData("barrier", "x", "--help")]
    [InlineData("barrier", "x", "--version")]
    [InlineData("barrier", "x", "-h")]
    [InlineData("[suggest:3]", "barrier")]
    [InlineData("send", "x", "k")]
    [InlineData("send", "x", "=v")]
    [InlineData("send", "x", "k=1", "k=2")]
    [InlineData("send", "x", "--timout=5")]
    [InlineData("wait", "x", "--timeout", "soon")]
    [InlineData("wait", "x", "--from", "b")]
    [InlineData("count", "init", "0")]
    [InlineData("state", "get", "x")]
    [InlineData("hold", "true")]
    [InlineData("hold", "--")]
    [InlineData("wait", "x", "--member", "stranger")]
    public async Task UnusableCommandLine_EndsWith64AndOneLine(params string[] arguments)
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        AssertFailed(await lab.RunAsync(null, arguments), 64);
    }

    private static void AssertFailed(ProgramRun run, int code)
    {
        Assert.True(run.ExitCode == code, $"{code} expected: {run.All}");
        Assert.Empty(run.Output);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("syncnet: ", run.Error, StringComparison.Ordinal);
    }
}
