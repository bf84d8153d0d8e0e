using System.Globalization;

namespace Sync.Net.Runner.Reports;

/// <summary>Durations for people, to three digits: <c>0 s</c>, <c>850 µs</c>, <c>12.3 ms</c>, <c>4.21 s</c>, <c>2 min 05 s</c>, <c>1 h 02 min</c>.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan time)
    {
        if (time < TimeSpan.Zero) return "-" + Of(time.Negate());
        double seconds = time.TotalSeconds;
        return seconds switch
        {
            0 => "0 s",
            < 0.0009995 => Digits(seconds * 1e6) + " µs",
            < 0.9995 => Digits(seconds * 1e3) + " ms",
            < 99.95 => Digits(seconds) + " s",
            < 3599.5 => Two(Math.Round(seconds), 60, "min", "s"),
            _ => Two(Math.Round(seconds / 60), 60, "h", "min"),
        };
    }

    private static string Digits(double value) =>
        value.ToString(value < 9.995 ? "0.##" : value < 99.95 ? "0.#" : "0", CultureInfo.InvariantCulture);

    private static string Two(double value, int per, string large, string small) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value / per)} {large} {value % per:00} {small}");
}
