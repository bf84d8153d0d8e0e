using System.Globalization;
using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>Runs the sides of a part in turns: ours, each rival, ours, each rival …</summary>
internal sealed class PeerBench(
    string guard, MemberProgram program, IReadOnlyList<int>? members, int alternations, PeersReport report, CancellationToken cancellationToken)
{
    public string Guard => guard;

    public MemberProgram Program => program;

    public PeersReport Report => report;

    public CancellationToken CancellationToken => cancellationToken;

    public IReadOnlyList<int> SizesOr(IReadOnlyList<int> usual) => members ?? usual;

    public async Task CompareAsync(string name, int size, ISide ours, IReadOnlyList<Rival> rivals)
    {
        var turns = new List<(ISide Side, Bar Bar, List<RunSummary> Runs)>();
        foreach (Rival rival in rivals)
        {
            if (await FindFastestAsync(rival, size) is { } fastest) turns.Add((fastest, rival.Bar, []));
        }
        var ourRuns = new List<RunSummary>();
        for (int i = 0; i < alternations && turns.Count > 0; i++)
        {
            ourRuns.Add(await MeasureAsync(ours, size));
            foreach (var turn in turns.ToArray())
            {
                if (await TryMeasureAsync(turn.Side, size) is { } run) turn.Runs.Add(run);
                else turns.Remove(turn);
            }
        }
        if (turns.Count > 0) Print(name, size, ours, ourRuns, turns);
    }

    private void Print(
        string name, int size, ISide ours, List<RunSummary> ourRuns, List<(ISide Side, Bar Bar, List<RunSummary> Runs)> turns)
    {
        string title = string.Create(CultureInfo.InvariantCulture, $"{name}, N = {size}");
        report.Heading(title);
        var ourSeries = new Series(ours.Name, ourRuns);
        report.Say(ourSeries.ToString());
        foreach (var (side, _, runs) in turns) report.Say(new Series(side.Name, runs).ToString());
        foreach (var (side, bar, runs) in turns)
            report.Add($"{title} / {side.Name}", ourSeries, new Series(side.Name, runs), bar);
        report.Say("");
    }

    private async Task<ISide?> FindFastestAsync(Rival rival, int size)
    {
        if (rival.Variants.Count == 1) return rival.Variants[0];
        ISide? fastest = null;
        TimeSpan least = TimeSpan.MaxValue;
        foreach (ISide side in rival.Variants)
        {
            if (await TryMeasureAsync(side, size) is not { } run) continue;
            report.Say(string.Create(
                CultureInfo.InvariantCulture, $"  trial, N = {size}: {side.Name}: {run.Median.TotalMicroseconds:F1} µs"));
            if (run.Median < least) (fastest, least) = (side, run.Median);
        }
        return fastest;
    }

    /// <summary>A peer that fails is out; ours that fails is the driver's failure.</summary>
    private async Task<RunSummary?> TryMeasureAsync(ISide side, int size)
    {
        try
        {
            return await MeasureAsync(side, size);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            report.Skip(string.Create(CultureInfo.InvariantCulture, $"{side.Name}, N = {size}"), e.Message);
            return null;
        }
    }

    private async Task<RunSummary> MeasureAsync(ISide side, int size)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RunPlan plan = side.PlanFor(size);
        string directory = Directory.CreateTempSubdirectory("sync-net-bench-").FullName;
        try
        {
            await side.RunAsync(plan, directory, cancellationToken);
            RoundTimes times = await TimesFile.ReadAllAsync(directory, plan.Members, plan.Rounds);
            return times.Summarize(plan.WarmUpRounds);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
