using System.Globalization;

namespace Sync.Net.Coordination;

/// <summary>Durations as people read them in a failure: 00:02:00, 00:00:01.5.</summary>
internal static class Durations
{
    public static string Of(TimeSpan duration)
    {
        var whole = TimeSpan.FromMilliseconds(Math.Round(duration.TotalMilliseconds));
        string text = whole.ToString("c", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) && whole.Milliseconds != 0 ? text.TrimEnd('0') : text;
    }
}
