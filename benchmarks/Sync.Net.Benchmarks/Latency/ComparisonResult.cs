using System.Globalization;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Latency;

/// <summary>What a comparison found, and whether its bars held.</summary>
internal sealed record ComparisonResult(Comparison Comparison, Series Ours, Series Rival)
{
    /// <summary>A round of a second or more is a stall, whatever the median says.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    public double Ratio => Ours.Median / Rival.Median;

    public bool HasStall => Ours.Worst.Latency >= Stall;

    public bool Holds => Ratio <= Comparison.Limit && !HasStall;

    public ReportRow ToRow() => new(
        Comparison.Name,
        Math.Round(Ratio, 3),
        Comparison.Limit,
        Math.Round(Ours.Median.TotalMicroseconds, 1),
        Math.Round(Rival.Median.TotalMicroseconds, 1));

    public void Print(TextWriter to)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        to.WriteLine(Comparison.Name);
        to.WriteLine(Series.Heading);
        to.WriteLine(Ours);
        to.WriteLine(Rival);
        string verdict = Ratio <= Comparison.Limit ? "held" : "MISSED";
        to.WriteLine(string.Create(culture, $"  ratio {Ratio:F2}, bar {Comparison.Limit:F2}: {verdict}"));
        if (HasStall) to.WriteLine(string.Create(culture, $"  STALLED for {Ours.Worst.Latency.TotalSeconds:F2} s in round {Ours.Worst.Number}"));
        to.WriteLine();
    }
}
