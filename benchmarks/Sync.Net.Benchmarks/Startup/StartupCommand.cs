using System.Globalization;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Startup;

/// <summary>The whole life of a <c>syncnet sync</c>, beside an empty native .NET program and a C program that asks a server something.</summary>
internal static class StartupCommand
{
    private const double LimitWithoutKey = 1.5;
    private const double LimitWithKey = 3;
    private const string Key = "a key of some length";

    private static readonly string[] Names = ["empty native .NET", "syncnet sync", "syncnet sync, key", "C program"];

    public static async Task<int> RunAsync(StartupOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("sync-net-startup-").FullName;
        try
        {
            string tool = options.ToolFile ?? await NativeAot.PublishToolAsync(folder);
            ProcessTimes[] times = await MeasureAsync(options, tool, await NativeAot.PublishEmptyAsync(folder));
            StartupRow[] rows =
            [
                StartupRow.Of("syncnet sync without a key", times[1], LimitWithoutKey, times[0], times[3]),
                StartupRow.Of("syncnet sync with a key", times[2], LimitWithKey, times[0], times[3]),
            ];
            Print(times, rows);
            if (options.JsonFile is { } file) await StartupRow.WriteAsync(file, rows);
            return rows.All(static row => row.Holds) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ProcessTimes[]> MeasureAsync(StartupOptions options, string tool, string empty)
    {
        string knock = await NativeProgram.BuildAsync("knock");
        string turns = await NativeProgram.BuildAsync("turns");
        Dictionary<string, string> none = [];
        await using ServerProcess open = await ServerProcess.StartAsync(none, tool, "serve", "--listen", "127.0.0.1:0");
        await using ServerProcess keyed = await ServerProcess.StartAsync(new Dictionary<string, string> { ["SYNC_NET_KEY"] = Key }, tool, "serve", "--listen", "127.0.0.1:0");
        await using ServerProcess native = await ServerProcess.StartAsync(none, knock, "serve");
        string[] member = ["SYNC_NET_MEMBER=a", "SYNC_NET_ROSTER=a"];
        string[] words =
        [
            empty, ":::",
            .. member, $"SYNC_NET_ENDPOINT={open.Place}", tool, "sync", "ready", ":::",
            .. member, $"SYNC_NET_ENDPOINT={keyed.Place}", $"SYNC_NET_KEY={Key}", tool, "sync", "ready", ":::",
            knock, native.Place,
        ];
        string report = await Output.OfAsync(
            turns, [options.Rounds.ToString(CultureInfo.InvariantCulture), options.WarmUpRounds.ToString(CultureInfo.InvariantCulture), .. words]);
        return [.. report.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ProcessTimes.Parse)];
    }

    private static void Print(ProcessTimes[] times, StartupRow[] rows)
    {
        Console.WriteLine("  µs                    median   (eight of ten)");
        for (int i = 0; i < times.Length; i++) Console.WriteLine($"  {Names[i],-18} {times[i]}");
        foreach (StartupRow row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {row.Name}: ratio {row.Ratio:F2}, bar {row.Limit:F2}: {(row.Holds ? "held" : "MISSED")}; {row.Ours / row.NativeC:F2} of the C program"));
        }
    }
}
