using System.Text.Json;

namespace Sync.Net.Benchmarks.Measuring;

/// <summary>One line of the JSON report.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ratio">Ours / Rival.</param>
/// <param name="Limit">The bar: the ratio must not be above it; none where a figure is only reported.</param>
/// <param name="Ours">Our median, in microseconds.</param>
/// <param name="Rival">The rival's, in microseconds.</param>
internal sealed record ReportRow(string Name, double Ratio, double? Limit, double Ours, double Rival)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static ReportRow Of(string name, double ours, double rival, double limit) =>
        new(name, Math.Round(ours / rival, 3), limit, Math.Round(ours, 2), Math.Round(rival, 2));

    public static Task WriteAsync(string file, IReadOnlyList<ReportRow> rows) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(rows, Json) + "\n");
}
