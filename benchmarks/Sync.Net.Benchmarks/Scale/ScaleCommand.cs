using System.Globalization;
using Sync.Net.Benchmarks.Measuring;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>Many members of one server: how fast they join and meet, and what each costs it.</summary>
internal static class ScaleCommand
{
    private const double MostIdleBytes = 4096;

    public static async Task<int> RunAsync(ScaleOptions options)
    {
        string client = await NativeProgram.BuildAsync("limit-client");
        var rows = new List<ReportRow>();
        foreach (ScalePart part in options.Parts)
        {
            rows.AddRange(part switch
            {
                ScalePart.Idle => await MeasureIdleAsync(client, options.Alternations),
                ScalePart.Connections => await MeasureAsync(
                    $"{options.Connections} connections", options.Alternations, () => ConnectionsRun.MeasureAsync(client, options.Connections, options.Rounds)),
                _ => await MeasureAsync(
                    $"{options.Members} members in {options.Processes} processes", options.Alternations, () => ManyMembersRun.RunAsync(options)),
            });
        }
        if (options.JsonFile is { } file) await ReportRow.WriteAsync(file, rows);
        return rows.TrueForAll(static row => row.Limit is not { } limit || row.Ratio <= limit) ? 0 : 1;
    }

    private static async Task<IEnumerable<ReportRow>> MeasureIdleAsync(string client, int alternations)
    {
        var runs = new List<(double Managed, double Resident)>();
        for (int i = 0; i < alternations; i++) runs.Add(await ConnectionsRun.MeasureIdleAsync(client));
        string name = string.Create(CultureInfo.InvariantCulture, $"idle connection, of {ConnectionsRun.IdleConnections}");
        double bytes = MedianOf(runs, static run => run.Managed);
        ReportRow[] rows =
        [
            ReportRow.Of($"{name}: managed bytes of the server / {MostIdleBytes}", bytes, MostIdleBytes, 1),
            Reported($"{name}: resident bytes", MedianOf(runs, static run => run.Resident)),
        ];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {bytes:F0} managed bytes, bar {MostIdleBytes}: {(bytes <= MostIdleBytes ? "held" : "MISSED")}; {rows[1].Ours:F0} resident"));
        return rows;
    }

    private static async Task<IEnumerable<ReportRow>> MeasureAsync(string name, int alternations, Func<Task<ScaleResult>> run)
    {
        var runs = new List<ScaleResult>();
        for (int i = 0; i < alternations; i++)
        {
            ScaleResult result = await run();
            runs.Add(result);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: a join {result.JoinMicroseconds:F1} µs ({1e6 / result.JoinMicroseconds:F0} a second), a round {result.Rounds.Median.TotalMilliseconds:F1} ms (slowest {result.Rounds.Slowest.TotalMilliseconds:F1}), ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"a member's managed bytes {result.ManagedJoined:F0} joined, {result.ManagedMet:F0} met, resident {result.ResidentMet:F0}"));
        }
        return
        [
            Reported($"{name}: µs a join", MedianOf(runs, static each => each.JoinMicroseconds)),
            Reported($"{name}: µs a round", MedianOf(runs, static each => each.Rounds.Median.TotalMicroseconds)),
            Reported($"{name}: managed bytes a member, joined", MedianOf(runs, static each => each.ManagedJoined)),
            Reported($"{name}: managed bytes a member, after rounds", MedianOf(runs, static each => each.ManagedMet)),
            Reported($"{name}: resident bytes a member, after rounds", MedianOf(runs, static each => each.ResidentMet)),
        ];
    }

    /// <summary>A figure beside which nothing stands.</summary>
    private static ReportRow Reported(string name, double figure) => new(name, Math.Round(figure, 1), null, Math.Round(figure, 1), 1);

    private static double MedianOf<T>(List<T> runs, Func<T, double> figure)
    {
        double[] sorted = [.. runs.Select(figure).Order()];
        return sorted[sorted.Length / 2];
    }
}
