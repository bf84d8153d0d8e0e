using System.Globalization;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>Ours and C, measured in turns: A B A B …</summary>
internal sealed class LimitComparison(string name, double limit)
{
    private readonly List<LimitTimes> _ours = [];
    private readonly List<LimitTimes> _rival = [];

    public double Ours => MedianOf(_ours, static times => times.MedianMicroseconds);

    public double Rival => MedianOf(_rival, static times => times.MedianMicroseconds);

    public double SlowestOurs => _ours.Max(static times => times.SlowestMicroseconds);

    public double SlowestRival => _rival.Max(static times => times.SlowestMicroseconds);

    public async Task<LimitComparison> RunAsync(int alternations, Func<Task<LimitTimes>> ours, Func<Task<LimitTimes>> rival)
    {
        for (int i = 0; i < alternations; i++)
        {
            _ours.Add(await ours());
            _rival.Add(await rival());
        }
        return this;
    }

    public ReportRow ToRow() => ReportRow.Of(name, Ours, Rival, limit);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-34} {Ours,10:F1} {Spread(_ours),-22} {Rival,10:F1} {Spread(_rival),-22} {Ours / Rival,6:F2}  bar {limit:F2} {(Ours / Rival <= limit ? "held" : "MISSED")}");

    private static string Spread(List<LimitTimes> all) => string.Create(
        CultureInfo.InvariantCulture, $"({all.Min(static each => each.MedianMicroseconds):F1}..{all.Max(static each => each.MedianMicroseconds):F1})");

    private static double MedianOf(List<LimitTimes> all, Func<LimitTimes, double> figure)
    {
        double[] sorted = [.. all.Select(figure).Order()];
        return sorted[sorted.Length / 2];
    }
}
