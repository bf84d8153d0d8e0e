namespace Sync.Net.Cli.Bench;

/// <summary>How a figure is spread, in microseconds; each percentile is one that was measured (nearest rank).</summary>
internal sealed record Percentiles(int Count, double Min, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Null if nothing was measured.</summary>
    public static Percentiles? Of(long[] nanoseconds)
    {
        if (nanoseconds.Length == 0) return null;
        Array.Sort(nanoseconds);
        return new Percentiles(
            nanoseconds.Length, nanoseconds[0] / 1000.0, At(nanoseconds, 0.5), At(nanoseconds, 0.9), At(nanoseconds, 0.99), At(nanoseconds, 0.999), nanoseconds[^1] / 1000.0);
    }

    private static double At(long[] sorted, double part) => sorted[(int)Math.Ceiling(part * sorted.Length) - 1] / 1000.0;
}
