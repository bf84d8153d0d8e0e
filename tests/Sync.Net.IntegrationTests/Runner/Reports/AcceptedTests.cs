using System.Globalization;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner;
using Sync.Net.Runner.Reports;
using Sync.Net.Tests.Runner.Reports;

namespace Sync.Net.IntegrationTests.Runner.Reports;

/// <summary>Results as programs of others read them.</summary>
public sealed class AcceptedTests : IDisposable
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
