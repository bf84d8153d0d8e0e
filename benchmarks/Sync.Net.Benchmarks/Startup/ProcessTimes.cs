using System.Globalization;

namespace Sync.Net.Benchmarks.Startup;

/// <summary>How long the processes of one command took.</summary>
internal sealed class ProcessTimes
{
    private readonly double[] _sorted;

    private ProcessTimes(IEnumerable<double> microseconds) => _sorted = [.. microseconds.Order()];

    public double Median => _sorted.Length % 2 == 1
        ? _sorted[_sorted.Length / 2]
        : (_sorted[(_sorted.Length / 2) - 1] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>A line of native/turns: nanoseconds.</summary>
    public static ProcessTimes Parse(string line) =>
        new(line.Split(' ').Select(static text => long.Parse(text, CultureInfo.InvariantCulture) / 1000.0));

    /// <summary>The median, and where eight of ten lie.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Median,8:F0}   ({_sorted[_sorted.Length / 10]:F0}..{_sorted[_sorted.Length * 9 / 10]:F0})");
}
