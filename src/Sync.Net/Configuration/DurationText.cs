using System.Globalization;
using Sync.Net.Arguments;

namespace Sync.Net.Configuration;

/// <summary>Durations as people write them: seconds (<c>90</c>, <c>0.5</c>), or <c>1h30m</c>, <c>5m</c>, <c>10s</c>, or <c>infinite</c>.</summary>
internal static class DurationText
{
    public const string Infinite = "infinite";

    private static readonly (char Unit, double Seconds)[] Units = [('h', 3600), ('m', 60), ('s', 1)];

    public static bool TryParse(string text, out TimeSpan time)
    {
        if (text == Infinite)
        {
            time = Timeout.InfiniteTimeSpan;
            return true;
        }
        time = default;
        if (!TrySeconds(text, out double seconds) || seconds > TimeoutArgument.Max.TotalSeconds) return false;
        time = TimeSpan.FromSeconds(seconds);
        return true;
    }

    public static string Write(TimeSpan time) => time == Timeout.InfiniteTimeSpan
        ? Infinite
        : (time.Ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);

    private static bool TrySeconds(string text, out double seconds)
    {
        if (TryNumber(text, out seconds)) return true;
        seconds = 0;
        int start = 0;
        int nextUnit = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) || text[i] == '.') continue;
            // Each unit once, and the larger first.
            int unit = Array.FindIndex(Units, nextUnit, u => u.Unit == text[i]);
            if (unit < 0 || !TryNumber(text[start..i], out double number)) return false;
            seconds += number * Units[unit].Seconds;
            nextUnit = unit + 1;
            start = i + 1;
        }
        return start > 0 && start == text.Length;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
