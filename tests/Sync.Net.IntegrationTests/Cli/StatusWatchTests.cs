using System.Text.Json;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>The live view, on a terminal and on something that is none.</summary>
public sealed class StatusWatchTests
{
    [Fact]
    public async Task Watch_NoTerminal_PrintsALineForEachChange()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command watch = lab.Start("a", "status", "--watch");
        await watch.UntilAsync("b\tserver\tabsent\n");

        Command wait = lab.Start("b", "barrier", "disk");
        await watch.UntilAsync("b waits in barrier 'disk' for a\n");
        PosixSignals.Send(wait, PosixSignals.Kill);
        await watch.UntilAsync("no more: b waits in barrier 'disk'\n");
        PosixSignals.Send(watch, PosixSignals.Terminate);

        ProgramRun run = await watch.EndAsync();
        Assert.True(run.ExitCode == 0, run.All);
        Assert.Empty(run.Error);
        Assert.DoesNotContain('\u001b', run.Output);
        string[] told = [.. run.Output.TrimEnd('\n').Split('\n').Select(line => line[10..])];
        Assert.Equal(1, told.Count(line => line == "b waits in barrier 'disk' for a"));
    }

    [Fact]
    public async Task Watch_Json_PrintsTheWholeStatusForEachChange()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command watch = lab.Start("a", "status", "--watch", "--json");
        Command wait = lab.Start("b", "wait", "disk");
        await watch.UntilAsync("\"session\":\"disk\"");
        PosixSignals.Send(watch, PosixSignals.Interrupt);

        ProgramRun run = await watch.EndAsync();
        Assert.True(run.ExitCode == 0, run.All);
        JsonElement last = JsonDocument.Parse(run.Output.TrimEnd('\n').Split('\n')[^1]).RootElement;
        Assert.Equal("b", last.GetProperty("waits")[0].GetProperty("member").GetString());
    }

    [Fact]
    public async Task Watch_Terminal_DrawsWhoWaitsForWhomUntilCtrlC()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        lab.Variables["TERM"] = "xterm-256color";
        Command wait = lab.Start("b", "barrier", "disk[1]");
        await lab.WaitedForAsync("disk[1]");

        Command terminal = lab.StartProgram("a", "script", "-qec", "stty cols 120 rows 40; exec syncnet status --watch", "/dev/null");
        string first = await terminal.UntilAsync("Ctrl-C ends the watch.");
        PosixSignals.Send(wait, PosixSignals.Kill);
        string second = await terminal.UntilAsync("nobody waits");
        await terminal.UntilAsync("Ctrl-C ends the watch.");
        await terminal.TypeAsync("\u0003");

        ProgramRun run = await terminal.EndAsync();
        Assert.True(run.ExitCode == 0, run.All);
        foreach (string shown in new[] { "group 'default'", "barrier 'disk[1]'", "for whom", "since", "client", "server" }) Assert.Contains(shown, first, StringComparison.Ordinal);
        // The cursor was hidden while it drew, and is shown again.
        Assert.True(run.Output.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > second.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_ServerKilled_EndsWith76()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command watch = lab.Start("a", "status", "--watch");
        await watch.UntilAsync("absent\n");

        PosixSignals.Send(lab.Server, PosixSignals.Kill);

        Assert.Equal(76, (await watch.EndAsync()).ExitCode);
    }
}
