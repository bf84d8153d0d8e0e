using System.Text.Json;

namespace Sync.Net.Benchmarks.Startup;

/// <summary>One line of the JSON report; times are medians in microseconds.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ratio">Ours / Rival.</param>
/// <param name="Limit">The bar: the ratio must not be above it.</param>
/// <param name="Ours">The command's.</param>
/// <param name="Rival">The empty program's.</param>
/// <param name="NativeC">The C program's.</param>
internal sealed record StartupRow(string Name, double Ratio, double Limit, double Ours, double Rival, double NativeC)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public bool Holds => Ratio <= Limit;

    public static StartupRow Of(string name, ProcessTimes ours, double limit, ProcessTimes empty, ProcessTimes native) =>
        new(name, Math.Round(ours.Median / empty.Median, 3), limit, Math.Round(ours.Median, 1), Math.Round(empty.Median, 1), Math.Round(native.Median, 1));

    public static Task WriteAsync(string file, IReadOnlyList<StartupRow> rows) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(rows, Json) + "\n");
}
