using System.Text.Json;
using System.Text.RegularExpressions;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>All sides of a test from one command.</summary>
public sealed partial class RunTests
{
    private static readonly string[] Reports = ["junit.xml", "report.html", "results.json", "results.tap", "run.log", "timeline.svg", "trace.json"];

    private static string Page => File.ReadAllText(Path.Combine(Programs.RepositoryRoot, "docs", "runner.md"));

    public static TheoryData<string> Plans => [.. Plan().Matches(Page).Select(match => match.Groups["name"].Value)];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task V7_PlanOfThePage_Passes(string name)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string plan = Plan().Matches(Page).Single(match => match.Groups["name"].Value == name).Groups["plan"].Value;
        await File.WriteAllTextAsync(Path.Combine(lab.Folder, "plan.json"), plan, TestContext.Current.CancellationToken);

        ProgramRun run = await lab.RunAsync(null, "run", "--output", "results", "plan.json");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Empty(run.Error);
        Assert.Contains($"PASS {name} ", run.Output, StringComparison.Ordinal);
        Assert.Equal(Reports, Directory.GetFiles(Path.Combine(lab.Folder, "results")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        JsonElement results = Results(lab);
        Assert.Equal("Pass", results.GetProperty("verdict").GetString());
        Assert.All(results.GetProperty("waits").EnumerateArray(), wait => Assert.True(wait.GetProperty("isMet").GetBoolean()));
        if (name == "pair") Assert.Equal("941", results.GetProperty("members")[1].GetProperty("values").GetProperty("throughput").GetString());
        else Assert.Equal(["node1| ping 1", "node2| ping 2", "node3| ping 3"], run.Output.Split('\n').Where(line => line.Contains("| ping", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task V3_OneCommandFails_TheRunFailsAndNamesTheRootCause()
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await lab.RunAsync(null, "run", "--output", "results", "--", "syncnet", "barrier", "start", ":::", "sh", "-c", "exit 3");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("root cause: worker2: ", run.Output, StringComparison.Ordinal);
        JsonElement[] members = [.. Results(lab).GetProperty("members").EnumerateArray()];
        Assert.Equal(["Collateral", "RootCause"], members.Select(member => member.GetProperty("share").GetString()));
        Assert.Equal([83, 3], members.Select(member => member.GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task Json_PrintsTheResultsAndNothingElse()
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await lab.RunAsync(null, "run", "--json", "--output", "results", "--", "echo", "noise");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Pass", JsonDocument.Parse(run.Output).RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Plan_ThatCantBeDone_IsRefusedAndNothingIsStarted()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(lab.Folder, "plan.json"), "{\n \"roles\": { \"a\": { \"run\": \"touch started\", \"cuont\": 2 } } }", TestContext.Current.CancellationToken);

        ProgramRun run = await lab.RunAsync(null, "run", "--output", "results", "plan.json");

        Assert.Equal(64, run.ExitCode);
        Assert.Equal("syncnet: run: plan.json:2: roles.a.cuont: there is no 'cuont' here; write 'count'\n", run.Error);
        Assert.False(Path.Exists(Path.Combine(lab.Folder, "started")));
        Assert.False(Path.Exists(Path.Combine(lab.Folder, "results")));
    }

    [Fact]
    public async Task Check_WarnsOfWhatCanNeverBeMet_AndStartsNothing()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(lab.Folder, "plan.json"), "{ \"roles\": { \"a\": { \"run\": \"touch started; syncnet count wait --participants 2\" } } }", TestContext.Current.CancellationToken);

        ProgramRun run = await lab.RunAsync(null, "run", "--check", "plan.json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: plan.json:1: roles.a: --participants 2 waits for more members than there are (1)", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(lab.Folder, "started")));
    }

    [Theory]
    [InlineData("--check")]
    [InlineData("--output", "results")]
    public async Task HostThatCantComeToTheServer_IsRefusedUnlessTheLineSaysOtherwise(params string[] options)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await File.WriteAllTextAsync(
            Path.Combine(lab.Folder, "plan.json"),
            """{ "roles": { "a": { "host": "far", "run": "true" }, "b": { "host": "local", "run": "touch started" } }, "hosts": [ { "name": "far", "ssh": "no-such-host.invalid" } ] }""",
            TestContext.Current.CancellationToken);

        ProgramRun run = await lab.RunAsync(null, ["run", .. options, "plan.json"]);

        Assert.Equal(64, run.ExitCode);
        Assert.StartsWith("syncnet: run: The run 'plan' can't start: a is on another host (no-such-host.invalid), and would be told the server's address 127.0.0.1,", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(lab.Folder, "started")) || Path.Exists(Path.Combine(lab.Folder, "results")));
        Assert.Equal(0, (await lab.RunAsync(null, "run", "--check", "--listen", "0.0.0.0:0", "--advertise", "here", "plan.json")).ExitCode);
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task Runner_ThatIsEnded_LeavesNoWorker(string signal, int code)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command run = lab.Start(null, "run", "--output", "results", "--", "sh", "-c", "echo $$; exec sleep 1000");
        await run.UntilAsync("worker1| ");
        string worker = (await run.FirstLineAsync()).Trim();

        await Shell.RunAsync($"kill -{signal} {run.Pid}");
        ProgramRun ended = await run.EndAsync();
        await GoneAsync(worker).Within(Bounded.Limit, what: $"the end of worker {worker}");

        Assert.Equal(code, ended.ExitCode);
    }

    [Fact]
    public async Task Terminal_ShowsWhoWaitsForWhom_UntilAllHavePassed()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        // The second goes on only when the picture has shown that the first waits for it.
        Command terminal = lab.StartProgram(null, "script", "-qec", "stty cols 160 rows 40; exec syncnet run --output results -- syncnet barrier start ::: 'while ! [ -e seen ]; do :; done; syncnet barrier start'", "/dev/null");

        await terminal.UntilAsync("waits in barrier 'start'; not there: worker2");
        await File.WriteAllTextAsync(Path.Combine(lab.Folder, "seen"), "", TestContext.Current.CancellationToken);
        ProgramRun run = await terminal.EndAsync();

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("\u001b[", run.Output, StringComparison.Ordinal);
        Assert.Contains("PASS run (", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfAFolder_MakesTheSameBytesAgain()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Assert.Equal(1, (await lab.RunAsync(null, "run", "--output", "results", "--", "syncnet", "barrier", "start", ":::", "sh", "-c", "exit 3")).ExitCode);
        string folder = Path.Combine(lab.Folder, "results");
        string[] made = [.. Reports.Except(["results.json", "run.log"])];
        Dictionary<string, byte[]> first = made.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)));
        foreach (string name in made) File.Delete(Path.Combine(folder, name));

        ProgramRun again = await lab.RunAsync(null, "report", "results");

        Assert.True(again.ExitCode == 0, again.All);
        Assert.All(made, name => Assert.Equal(first[name], File.ReadAllBytes(Path.Combine(folder, name))));
    }

    /// <summary>The member's clock is an hour ahead; the protocol's own exchanges show it.</summary>
    [Fact]
    public async Task Clock_OfAMemberThatIsSkewed_IsMeasuredWithItsError()
    {
        string? library = Faketime.Library;
        Assert.SkipUnless(library is not null, "There is no libfaketime (Debian: faketime).");
        await using ToolLab lab = await ToolLab.StartAsync();
        string script = $"LD_PRELOAD={library} FAKETIME=+1h FAKETIME_DONT_FAKE_MONOTONIC=1 syncnet wait measured && echo seen";

        // A member that is seen to wait was asked for its time when it joined.
        ProgramRun run = await lab.RunAsync(null, "run", "--output", "results", "--", script, ":::", "while ! syncnet status | grep -q \"worker1.*measured\"; do :; done; syncnet send measured");

        Assert.True(run.ExitCode == 0, run.All);
        JsonElement clock = Results(lab).GetProperty("members")[0].GetProperty("clock");
        TimeSpan offset = TimeSpan.Parse(clock.GetProperty("offset").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        TimeSpan error = TimeSpan.Parse(clock.GetProperty("error").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(offset - TimeSpan.FromHours(1), -error - TimeSpan.FromMilliseconds(50), error + TimeSpan.FromMilliseconds(50));
        Match line = HostTime().Match(await File.ReadAllTextAsync(Path.Combine(lab.Folder, "results", "run.log"), TestContext.Current.CancellationToken));
        Assert.True(line.Success, "the line of worker1 does not tell its host's time");
        TimeSpan ahead = TimeOf(line.Groups[2]) - TimeOf(line.Groups[1]);
        Assert.InRange(ahead - offset, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));

        static DateTimeOffset TimeOf(Group text) => DateTimeOffset.Parse(text.Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static JsonElement Results(ToolLab lab) => JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.Folder, "results", "results.json"))).RootElement;

    private static async Task GoneAsync(string process)
    {
        while (File.Exists($"/proc/{process}/stat") && !(await File.ReadAllTextAsync($"/proc/{process}/stat")).Contains(") Z ", StringComparison.Ordinal)) await Task.Yield();
    }

    [GeneratedRegex(@"^(\S+) \((\S+) there\) worker1\| seen$", RegexOptions.Multiline)]
    private static partial Regex HostTime();

    [GeneratedRegex("^```json\n(?<plan>\\{\n  \"name\": \"(?<name>\\w+)\".*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Plan();
}
