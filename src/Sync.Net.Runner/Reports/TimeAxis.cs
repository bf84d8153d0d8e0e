namespace Sync.Net.Runner.Reports;

/// <summary>Round times for the marks of an axis.</summary>
internal static class TimeAxis
{
    private static readonly double[] Steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 86400];

    /// <summary>The least round step of which at most so many fit.</summary>
    public static TimeSpan Step(TimeSpan whole, int most)
    {
        double least = Math.Max(whole.TotalSeconds / most, 1e-6);
        if (least > Steps[^1]) return TimeSpan.FromSeconds(Math.Ceiling(least / Steps[^1]) * Steps[^1]);
        if (least > 1) return TimeSpan.FromSeconds(Steps.First(step => step >= least));
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return TimeSpan.FromTicks(Math.Max(1, (long)Math.Round(new[] { 1.0, 2, 5, 10 }.First(m => m * power >= least * 0.999999) * power * TimeSpan.TicksPerSecond)));
    }
}
