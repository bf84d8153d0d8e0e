using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Crowd;

/// <summary>A crowd of <c>syncnet barrier</c> processes at once on one server, again and again: each must be released.</summary>
internal static class CrowdCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(CrowdOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("sync-net-crowd-").FullName;
        try
        {
            string tool = options.ToolFile ?? await NativeAot.PublishToolAsync(folder);
            await using ServerProcess server = await ServerProcess.StartAsync(new Dictionary<string, string>(), tool, "serve", "--listen", "127.0.0.1:0");
            var rounds = new List<CrowdRound>();
            for (int round = 0; round < options.Rounds; round++) rounds.Add(await MeetAsync(tool, server.Place, options.Members));
            double[] times = [.. rounds.Select(static round => round.Milliseconds).Order()];
            int released = rounds.Sum(static round => round.Released);
            int expected = options.Members * options.Rounds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {options.Members} processes, {options.Rounds} rounds: {released} of {expected} released; a round took {times[times.Length / 2]:F0} ms ({times[0]:F0}..{times[^1]:F0})"));
            foreach (string trouble in rounds.SelectMany(static round => round.Troubles).Take(10)) Console.WriteLine($"  {trouble}");
            if (options.JsonFile is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(rounds, Json) + "\n");
            return released == expected ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>From before the first is started until the last has ended.</summary>
    private static async Task<CrowdRound> MeetAsync(string tool, string endpoint, int members)
    {
        long started = Stopwatch.GetTimestamp();
        Task<string?>[] all = [.. Enumerable.Range(0, members).Select(member => TroubleOfAsync(tool, endpoint, member, members))];
        string[] troubles = [.. (await Task.WhenAll(all)).OfType<string>()];
        return new CrowdRound(Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1), members - troubles.Length, troubles);
    }

    private static async Task<string?> TroubleOfAsync(string tool, string endpoint, int member, int members)
    {
        using Process process = new() { StartInfo = new ProcessStartInfo(tool, ["barrier", "crowd", "--timeout", "60"]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.StartInfo.Environment["SYNC_NET_ENDPOINT"] = endpoint;
        process.StartInfo.Environment["SYNC_NET_MEMBER"] = NameOf(member);
        process.StartInfo.Environment["SYNC_NET_ROSTER"] = string.Join(',', Enumerable.Range(0, members).Select(NameOf));
        process.Start();
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit + Limit);
            return process.ExitCode == 0 ? null : $"{NameOf(member)} ended with {process.ExitCode}: {(await errors).Trim()}";
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static string NameOf(int member) => string.Create(CultureInfo.InvariantCulture, $"m{member}");
}

/// <summary>One meeting of the crowd.</summary>
internal sealed record CrowdRound(double Milliseconds, int Released, IReadOnlyList<string> Troubles);
