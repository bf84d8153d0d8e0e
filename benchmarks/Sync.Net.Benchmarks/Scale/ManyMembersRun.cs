using System.Diagnostics;
using System.Globalization;
using Sync.Net.Benchmarks.Measuring;
using Sync.Net.Benchmarks.Peers;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>All members of a few processes join one server, and meet.</summary>
internal static class ManyMembersRun
{
    public static async Task<ScaleResult> RunAsync(ScaleOptions options)
    {
        string directory = Directory.CreateTempSubdirectory("sync-net-scale-").FullName;
        var processes = new List<TalkingProcess>();
        try
        {
            await using ScaleServer server = await ScaleServer.StartAsync(options.Members);
            ServerMemory before = await server.MemoryAsync();
            int warmUp = Math.Max(1, options.Rounds / 2);
            foreach (ManyMembersPlan plan in PlansOf(options, warmUp + options.Rounds, server.Endpoint, directory))
                processes.Add(TalkingProcess.Start(plan.Count + ScaleServer.OwnFiles, Executable.Path, [ManyMembersCommand.Name, .. plan.ToWords()]));
            foreach (TalkingProcess process in processes) await process.HearAsync();

            string[] joined = await Task.WhenAll(processes.Select(static process => process.AskAsync("join")));
            ServerMemory idle = await server.MemoryAsync();
            await Task.WhenAll(processes.Select(static process => process.AskAsync("meet")));
            RoundTimes times = await TimesFile.ReadAllAsync(directory, processes.Count, warmUp + options.Rounds);
            return new ScaleResult(options.Members, JoinMicroseconds(joined) / options.Members, times.Summarize(warmUp), before, idle, await server.MemoryAsync());
        }
        finally
        {
            foreach (TalkingProcess process in processes) await process.DisposeAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static IEnumerable<ManyMembersPlan> PlansOf(ScaleOptions options, int rounds, string endpoint, string directory)
    {
        int processes = Math.Min(options.Processes, options.Members);
        for (int process = 0; process < processes; process++)
        {
            int first = (int)((long)options.Members * process / processes);
            int next = (int)((long)options.Members * (process + 1) / processes);
            yield return new ManyMembersPlan(process, first, next - first, options.Members, rounds, options.Joining, endpoint, directory);
        }
    }

    /// <summary>From the first attempt of all processes to the last welcome.</summary>
    private static double JoinMicroseconds(string[] joined)
    {
        long[][] times = [.. joined.Select(static line => line.Split(' ').Select(static word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray())];
        return Stopwatch.GetElapsedTime(times.Min(static each => each[0]), times.Max(static each => each[1])).TotalMicroseconds;
    }
}
