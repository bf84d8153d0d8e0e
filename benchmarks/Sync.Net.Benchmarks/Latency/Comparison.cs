using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Latency;

/// <summary>Ours and a rival, measured in turns: A B A B …</summary>
internal sealed record Comparison(string Name, IContender Ours, IContender Rival, RunPlan Plan, double Limit)
{
    public async Task<ComparisonResult> RunAsync(int alternations)
    {
        var ours = new List<RunSummary>();
        var rival = new List<RunSummary>();
        for (int i = 0; i < alternations; i++)
        {
            ours.Add(await MeasureAsync(Ours));
            rival.Add(await MeasureAsync(Rival));
        }
        return new ComparisonResult(this, new Series(Ours.Name, ours), new Series(Rival.Name, rival));
    }

    private async Task<RunSummary> MeasureAsync(IContender contender)
    {
        string directory = Directory.CreateTempSubdirectory("sync-net-bench-").FullName;
        try
        {
            await contender.RunAsync(Plan, directory);
            RoundTimes times = await TimesFile.ReadAllAsync(directory, Plan.Members, Plan.Rounds);
            return times.Summarize(Plan.WarmUpRounds);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
