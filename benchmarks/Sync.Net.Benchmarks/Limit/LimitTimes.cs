using System.Globalization;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>What a run of the client told: the median round, and the slowest one; or a join's time in the place of both.</summary>
internal sealed record LimitTimes(double MedianMicroseconds, double SlowestMicroseconds)
{
    public static LimitTimes Parse(string line)
    {
        double[] numbers = [.. line.Split(' ', StringSplitOptions.TrimEntries).Select(static word => double.Parse(word, CultureInfo.InvariantCulture) / 1000)];
        return new LimitTimes(numbers[0], numbers.Length < 3 ? numbers[0] : numbers[2]);
    }
}
