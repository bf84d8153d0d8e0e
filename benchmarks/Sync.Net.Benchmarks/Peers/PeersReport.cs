using System.Globalization;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>What was measured so far, and what could not be.</summary>
internal sealed class PeersReport(TextWriter to)
{
    private readonly List<ReportRow> _rows = [];

    public IReadOnlyList<ReportRow> Rows => _rows;

    public bool AllHold { get; private set; } = true;

    public void Say(string line) => to.WriteLine(line);

    public void Skip(string what, string reason) => to.WriteLine($"{what}: SKIPPED: {reason}\n");

    public void Heading(string name)
    {
        to.WriteLine(name);
        to.WriteLine(Series.Heading);
    }

    /// <summary>A ratio that rounds to its bar but is above it has missed it.</summary>
    public void Add(string name, Series ours, Series rival, Bar bar)
    {
        double ratio = ours.Median / rival.Median;
        bool holds = bar.Allows(ratio);
        AllHold &= holds;
        _rows.Add(new ReportRow(
            name,
            Math.Round(ratio, 3),
            bar.Limit,
            Math.Round(ours.Median.TotalMicroseconds, 1),
            Math.Round(rival.Median.TotalMicroseconds, 1)));
        string verdict = bar.Limit is null ? "only reported" : holds ? "held" : "MISSED";
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: ratio {ratio:F3}, {bar}: {verdict}"));
    }
}
