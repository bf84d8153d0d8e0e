using System.Globalization;

namespace Sync.Net.Benchmarks.Measuring;

/// <summary>The runs of one side; each figure is the median over them.</summary>
internal sealed class Series(string name, IReadOnlyList<RunSummary> runs)
{
    public const string Heading = "  µs                           median   (spread of runs)       p99   slowest     first";

    public TimeSpan Median { get; } = MedianOf(runs.Select(run => run.Median));

    public WorstRound Worst { get; } = runs.Select(run => run.Worst).MaxBy(worst => worst.Latency);

    public override string ToString()
    {
        string spread = string.Create(
            CultureInfo.InvariantCulture,
            $"({runs.Min(run => run.Median).TotalMicroseconds:F1}..{runs.Max(run => run.Median).TotalMicroseconds:F1})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-25} {Median.TotalMicroseconds,9:F1}   {spread,-16} {Of(run => run.P99),9:F1} {runs.Max(run => run.Slowest).TotalMicroseconds,9:F0} {Of(run => run.First),9:F0}");
    }

    private double Of(Func<RunSummary, TimeSpan> figure) => MedianOf(runs.Select(figure)).TotalMicroseconds;

    private static TimeSpan MedianOf(IEnumerable<TimeSpan> figures)
    {
        TimeSpan[] sorted = [.. figures.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
