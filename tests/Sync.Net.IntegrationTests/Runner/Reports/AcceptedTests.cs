using System.Globalization;
using System.Text.RegularExpressions;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.IntegrationTests.Harness.Browsers;
using Sync.Net.Runner;
using Sync.Net.Runner.Reports;
using Sync.Net.Tests.Runner.Reports;

namespace Sync.Net.IntegrationTests.Runner.Reports;

/// <summary>Results as programs of others read them.</summary>
public sealed partial class AcceptedTests : IDisposable
{
    /// <summary>Debian's python, where its packages are; another in the path may know none of them.</summary>
    private const string Python = "/usr/bin/python3";

    private const string ReadJUnit = """
        import sys
        from junitparser import JUnitXml, Error, Failure, Skipped
        for suite in JUnitXml.fromfile(sys.argv[1]):
            cases = list(suite)
            kinds = [type(r) for case in cases for r in case.result]
            counts = [len(cases), kinds.count(Failure), kinds.count(Error), kinds.count(Skipped)]
            assert counts == [suite.tests, suite.failures, suite.errors, suite.skipped], (suite.name, counts)
            assert len({case.name for case in cases}) == len(cases), suite.name
            assert all(case.time >= 0 and case.classname == suite.name for case in cases)
            print(*counts)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sync-net-accepted-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task JUnit_IsReadByJunitparser_WithEveryCase()
    {
        ProgramRun probe = File.Exists(Python) ? await Shell.RunAsync(Python, ["-c", "import junitparser"], TimeSpan.FromSeconds(30)) : new ProgramRun(1, "", "");
        Assert.SkipUnless(probe.ExitCode == 0, "There is no junitparser for Python on this machine.");

        // The run; server with 2 met, 1 not; client1 with 1 met, 1 not, 1 withdrawn, 1 open; client2; client3, skipped.
        Assert.Equal(["1 1 0 0", "4 2 0 0", "5 2 1 1", "2 1 0 0", "1 0 0 1"], await ReadAsync(SampleRuns.Lost()));
        Assert.Equal(["1 0 0 0", "3 0 0 0", "3 0 0 0"], await ReadAsync(SampleRuns.Pair()));
        Assert.Equal(1 + SampleRuns.HostileNames.Length, (await ReadAsync(SampleRuns.Hostile())).Length);
    }

    /// <summary>The one schema that is public and knows of skipped cases; .ci/run gets it.</summary>
    [Fact]
    public async Task JUnit_IsValidByJenkinsSchema()
    {
        string schema = Path.Combine(Programs.RepositoryRoot, "artifacts", "readers", "jenkins-junit.xsd");
        Assert.SkipUnless(File.Exists(schema) && Shell.Exists("xmllint"), "There is no artifacts/readers/jenkins-junit.xsd, which .ci/run gets, or no xmllint.");

        string file = Path.Combine(_folder, RunReports.JUnitFile);
        foreach (RunResult run in new[] { SampleRuns.Lost(), SampleRuns.Pair(), SampleRuns.Hostile() })
        {
            RunReports.Write(run, _folder);
            // Later ones know why something was skipped, and so do all readers; this one does not.
            await ChangeAsync(static text => SkippedMessage().Replace(text, "<skipped"));
            ProgramRun valid = await ValidateAsync();
            Assert.True(valid.ExitCode == 0, valid.All);
        }

        // It would tell.
        await ChangeAsync(static text => text.Replace(" time=", " took=", StringComparison.Ordinal));
        Assert.Equal(3, (await ValidateAsync()).ExitCode);

        Task<ProgramRun> ValidateAsync() => Shell.RunAsync("xmllint", ["--noout", "--nonet", "--schema", schema, file], TimeSpan.FromSeconds(30));

        async Task ChangeAsync(Func<string, string> change) =>
            await File.WriteAllTextAsync(file, change(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Tap_IsReadByProve_WhichTellsPassFromFail()
    {
        Assert.SkipUnless(Shell.Exists("prove"), "There is no prove on this machine.");

        ProgramRun good = await ProveAsync(SampleRuns.Pair());
        Assert.True(good.ExitCode == 0, good.All);
        Assert.Contains("Tests=7,", good.Output, StringComparison.Ordinal);

        ProgramRun bad = await ProveAsync(SampleRuns.Lost());
        Assert.True(bad.ExitCode == 1, bad.All);
        Assert.Contains("Failed 7/13 subtests", bad.Output, StringComparison.Ordinal);
        Assert.Contains("2 skipped", bad.Output, StringComparison.Ordinal);

        ProgramRun hostile = await ProveAsync(SampleRuns.Hostile());
        int cases = 1 + (4 * SampleRuns.HostileNames.Length);
        int failed = 1 + (2 * SampleRuns.HostileNames.Length);
        Assert.True(hostile.ExitCode == 1, hostile.All);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Failed {failed}/{cases} subtests"), hostile.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Parse errors", hostile.All, StringComparison.Ordinal);
        Assert.DoesNotContain("TODO", hostile.Output, StringComparison.Ordinal);
    }

    /// <summary>A viewer that many use, in a browser: it finds a profile for each thread that has slices.</summary>
    [Fact]
    public async Task Trace_IsReadBySpeedscope_WithAProfileForEachThread()
    {
        string viewer = Path.Combine(Programs.RepositoryRoot, "artifacts", "readers", "speedscope", "index.html");
        Assert.SkipUnless(File.Exists(viewer) && Browser.Program is not null, "There is no artifacts/readers/speedscope, which .ci/run gets, or no chromium.");
        RunReports.Write(SampleRuns.Lost(), _folder);
        byte[] trace = await File.ReadAllBytesAsync(Path.Combine(_folder, RunReports.TraceFile), TestContext.Current.CancellationToken);
        string given = Path.Combine(_folder, "trace.js");
        await File.WriteAllTextAsync(given, $"speedscope.loadFileFromBase64('trace.json', '{Convert.ToBase64String(trace)}')", TestContext.Current.CancellationToken);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Bounded.Limit);

        await using Browser browser = await Browser.StartAsync(limit.Token);
        await using BrowserPage page = await browser.OpenAsync($"{new Uri(viewer).AbsoluteUri}#localProfilePath={given}", isDark: false, limit.Token);
        await page.EvaluateAsync("(async () => { while (!document.title.startsWith('trace.json')) await new Promise(requestAnimationFrame) })()", limit.Token);
        await page.DrawnAsync(limit.Token);
        string shown = await page.TextAsync("document.body.innerText", limit.Token);

        Assert.Contains("alpha (pid 1), server (server) (tid 1) (1/3)", shown, StringComparison.Ordinal);
    }

    [GeneratedRegex("<skipped message=\"[^\"]*\"")]
    private static partial Regex SkippedMessage();

    private async Task<string[]> ReadAsync(RunResult run)
    {
        RunReports.Write(run, _folder);
        ProgramRun read = await Shell.RunAsync(Python, ["-c", ReadJUnit, Path.Combine(_folder, RunReports.JUnitFile)], TimeSpan.FromSeconds(30));
        Assert.True(read.ExitCode == 0, read.All);
        return read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<ProgramRun> ProveAsync(RunResult run)
    {
        RunReports.Write(run, _folder);
        return await Shell.RunAsync("prove", [Path.Combine(_folder, RunReports.TapFile)], TimeSpan.FromSeconds(30));
    }
}
