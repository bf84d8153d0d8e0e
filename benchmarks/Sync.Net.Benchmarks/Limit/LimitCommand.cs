using System.Globalization;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>Our server and a small C one, driven by the same clients in one C process.</summary>
internal static class LimitCommand
{
    private const int LongRounds = 100_000;
    private const double LongestMicroseconds = 100_000;
    private const int JoiningMembers = 4000;

    private static readonly int[] TcpSizes = [2, 8, 64, 512, 4096];
    private static readonly int[] UnixSizes = [64, 512, 4096];
    private static readonly int[] AllocationSizes = [8, 64, 512];
    private static readonly int[] CallSizes = [8, 64];
    private static readonly LimitLoad[] Gathers = [new(64, 500, 1024), new(512, 40, 256), new(8, 40, 1024 * 1024)];

    public static async Task<int> RunAsync(LimitOptions options)
    {
        LimitPrograms programs = await LimitPrograms.BuildAsync(options.Server);
        var rows = new List<ReportRow>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"µs",-34} {"Sync.Net",10} {"",-22} {"C",10} {"",-22} {"ratio",6}"));
        foreach ((LimitPart part, IReadOnlyList<int> sizes) in options.Parts)
        {
            await foreach (ReportRow row in MeasureAsync(part, sizes, options.Alternations, programs)) rows.Add(row);
        }
        if (options.JsonFile is { } file) await ReportRow.WriteAsync(file, rows);
        return rows.TrueForAll(static row => row.Limit is not { } limit || row.Ratio <= limit) ? 0 : 1;
    }

    private static IAsyncEnumerable<ReportRow> MeasureAsync(LimitPart part, IReadOnlyList<int> sizes, int alternations, LimitPrograms programs) => part switch
    {
        LimitPart.Tcp => MeasureTcpAsync(sizes.Count == 0 ? TcpSizes : sizes, alternations, programs),
        LimitPart.Unix => MeasureUnixAsync(sizes.Count == 0 ? UnixSizes : sizes, alternations, programs),
        LimitPart.Gather => MeasureGathersAsync(alternations, programs),
        LimitPart.Joins => MeasureJoinsAsync(alternations, programs),
        LimitPart.Long => MeasureLongAsync(programs),
        LimitPart.Calls => CallsRun.MeasureAsync(sizes.Count == 0 ? CallSizes : sizes, programs),
        _ => AllocationRun.MeasureAsync(sizes.Count == 0 ? AllocationSizes : sizes, programs),
    };

    private static async IAsyncEnumerable<ReportRow> MeasureTcpAsync(IReadOnlyList<int> sizes, int alternations, LimitPrograms programs)
    {
        var measured = new Dictionary<int, LimitComparison>();
        foreach (int size in sizes)
        {
            LimitLoad load = LimitLoad.Barrier(size);
            LimitComparison comparison = new($"barrier, TCP, N = {size}", size == 2 ? 1.15 : 1.25);
            measured[size] = await comparison.RunAsync(alternations, () => programs.MeetOursAsync(load, isUnix: false), () => programs.MeetCAsync(load));
            yield return Told(comparison);
        }
        if (!measured.TryGetValue(512, out LimitComparison? few) || !measured.TryGetValue(4096, out LimitComparison? many)) yield break;
        const double Members = 4096.0 / 512;
        ReportRow growth = ReportRow.Of("growth of the cost a member, 512 → 4096", many.Ours / few.Ours / Members, many.Rival / few.Rival / Members, 1.10);
        Tell(growth);
        yield return growth;
    }

    private static async IAsyncEnumerable<ReportRow> MeasureUnixAsync(IReadOnlyList<int> sizes, int alternations, LimitPrograms programs)
    {
        foreach (int size in sizes)
        {
            LimitLoad load = LimitLoad.Barrier(size);
            LimitComparison comparison = new($"barrier, Unix / C over TCP, N = {size}", 0.8);
            yield return Told(await comparison.RunAsync(alternations, () => programs.MeetOursAsync(load, isUnix: true), () => programs.MeetCAsync(load)));
        }
    }

    private static async IAsyncEnumerable<ReportRow> MeasureGathersAsync(int alternations, LimitPrograms programs)
    {
        foreach (LimitLoad load in Gathers)
        {
            LimitComparison comparison = new($"all-gather, TCP, {load.Members} × {load.Bytes} bytes", 1.3);
            yield return Told(await comparison.RunAsync(alternations, () => programs.MeetOursAsync(load, isUnix: false), () => programs.MeetCAsync(load)));
        }
    }

    private static async IAsyncEnumerable<ReportRow> MeasureJoinsAsync(int alternations, LimitPrograms programs)
    {
        LimitComparison comparison = new("a join with a key / accept and echo", 3);
        yield return Told(await comparison.RunAsync(alternations, () => programs.JoinOursAsync(JoiningMembers), () => programs.JoinCAsync(JoiningMembers)));
    }

    private static async IAsyncEnumerable<ReportRow> MeasureLongAsync(LimitPrograms programs)
    {
        LimitLoad load = new(8, LongRounds);
        LimitComparison comparison = await new LimitComparison("", 1).RunAsync(1, () => programs.MeetOursAsync(load, isUnix: false), () => programs.MeetCAsync(load));
        ReportRow row = new("slowest of 100,000 rounds, N = 8, of 100 ms", Math.Round(comparison.SlowestOurs / LongestMicroseconds, 3), 1, comparison.SlowestOurs, comparison.SlowestRival);
        Tell(row);
        yield return row;
    }

    private static ReportRow Told(LimitComparison comparison)
    {
        Console.WriteLine(comparison);
        return comparison.ToRow();
    }

    private static void Tell(ReportRow row) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name,-42} {row.Ours,10:F2} {row.Rival,10:F2} {row.Ratio,8:F3}  bar {row.Limit:F2} {(row.Ratio <= row.Limit ? "held" : "MISSED")}"));
}
