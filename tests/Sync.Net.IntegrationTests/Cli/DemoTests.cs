using System.Globalization;
using System.Text.RegularExpressions;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

public sealed partial class DemoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Demo_ThreeProcessesMeetExchangeAndMeetAgain_EndsWithZero()
    {
        ProgramRun run = await RunAsync("demo");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Empty(run.Error);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(9, lines.Count(line => line.Contains(", generation 1, after ", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.Contains("has all 3 values of 'setup'", StringComparison.Ordinal)));
        Assert.Equal(3, Process().Matches(run.Output).Select(m => m.Groups["pid"].Value).Distinct().Count());
        double[] times = [.. Time().Matches(run.Output).Select(m => double.Parse(m.Groups["s"].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(times.Order(), times);
        Assert.Equal("Nobody passed before all had arrived, and everybody got what all had given.", lines[^1]);
    }

    private static Task<ProgramRun> RunAsync(params string[] arguments) =>
        Shell.RunAsync(Programs.DotNet, ["exec", Programs.SyncNet, .. arguments], Limit);

    [GeneratedRegex(@"process (?<pid>\d+) (hosts|uses) the server at 127\.0\.0\.1:\d+")]
    private static partial Regex Process();

    [GeneratedRegex(@"^\s*(?<s>\d+\.\d{3}) s  ", RegexOptions.Multiline)]
    private static partial Regex Time();
}
