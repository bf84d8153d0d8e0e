using System.Globalization;

namespace Sync.Net.Texts;

/// <summary>Durations as people read them.</summary>
internal static class Elapsed
{
    /// <summary>How long something took: <c>0.25 s</c>, <c>2.5 s</c>, <c>00:02:00</c>.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        _ when time < TimeSpan.FromSeconds(10) => Seconds(time),
        _ when time < TimeSpan.FromDays(1) => WholeSeconds(time).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
        _ => WholeSeconds(time).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture),
    };

    /// <summary>How long ago something was: <c>0.3 s</c>, <c>41 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 d</c>.</summary>
    public static string Short(TimeSpan time) => time switch
    {
        _ when time < TimeSpan.FromSeconds(10) => Seconds(time),
        _ when time < TimeSpan.FromMinutes(2) => Whole(time.TotalSeconds, "s"),
        _ when time < TimeSpan.FromHours(2) => Whole(time.TotalMinutes, "min"),
        _ when time < TimeSpan.FromDays(2) => Whole(time.TotalHours, "h"),
        _ => Whole(time.TotalDays, "d"),
    };

    private static string Seconds(TimeSpan time)
    {
        double seconds = Math.Max(0, time.TotalSeconds);
        return seconds.ToString(seconds < 1 ? "0.###" : "0.#", CultureInfo.InvariantCulture) + " s";
    }

    // Rounded down: "2 min ago" is never earlier than it was.
    private static string Whole(double value, string unit) => Math.Floor(value).ToString(CultureInfo.InvariantCulture) + " " + unit;

    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));
}
