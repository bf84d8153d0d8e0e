using System.Diagnostics;
using System.Globalization;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>The two servers, and the client process that both are driven by.</summary>
internal sealed class LimitPrograms
{
    /// <summary>Far above any sane run; whatever hangs ends then, by itself.</summary>
    private const string Seconds = "120";

    private const string Key = "the key of a benchmark";

    private readonly string _syncNet;
    private readonly string _cServer;
    private readonly string _client;

    private LimitPrograms(string syncNet, string cServer, string client) => (_syncNet, _cServer, _client) = (syncNet, cServer, client);

    public static async Task<LimitPrograms> BuildAsync(string syncNet) =>
        File.Exists(syncNet)
            ? new(syncNet, await NativeProgram.BuildAsync("limit-server"), await NativeProgram.BuildAsync("limit-client"))
            : throw new InvalidOperationException($"There is no server {syncNet}: build with -c Release, or name one with --server.");

    /// <summary>Ours meets in a barrier, or exchanges data.</summary>
    public async Task<LimitTimes> MeetOursAsync(LimitLoad load, bool isUnix)
    {
        string path = SocketPath();
        await using RunningServer server = await RunningServer.StartAsync(_syncNet, "serve", "--listen", isUnix ? path : "127.0.0.1:0");
        return await MeetAsync(server.Place, load with { WarmUpMilliseconds = LimitLoad.ToCompile });
    }

    /// <summary>One run against a server that is there.</summary>
    public Task<LimitTimes> MeetAsync(string place, LimitLoad load) =>
        RunClientAsync(["meet", "sync", place, .. Numbers(load.Members, load.WarmUpMilliseconds, load.Rounds, load.Bytes), Seconds]);

    public async Task<LimitTimes> MeetCAsync(LimitLoad load)
    {
        await using RunningServer server = await RunningServer.StartAsync(_cServer, ["meet", "tcp", .. Numbers(load.Members, load.Bytes), Seconds]);
        return await RunClientAsync(["meet", "raw", server.Place, .. Numbers(load.Members, load.WarmUpMilliseconds, load.Rounds, load.Bytes), Seconds]);
    }

    /// <summary>The system calls of one server in two runs, once it is compiled.</summary>
    public async Task<(IReadOnlyDictionary<string, long> Few, IReadOnlyDictionary<string, long> Many)> CountOursAsync(LimitLoad few, LimitLoad many)
    {
        await using RunningServer server = await RunningServer.StartAsync(_syncNet, "serve", "--listen", "127.0.0.1:0");
        await MeetAsync(server.Place, few with { WarmUpMilliseconds = LimitLoad.ToCompile });
        return (
            await CallTrace.OfAsync(server.ProcessId, () => MeetAsync(server.Place, few)),
            await CallTrace.OfAsync(server.ProcessId, () => MeetAsync(server.Place, many)));
    }

    /// <summary>The system calls of a C server's whole life, which is one run.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountCAsync(LimitLoad load)
    {
        string file = Path.GetTempFileName();
        try
        {
            await using RunningServer server = await RunningServer.StartAsync(
                "strace", [.. CallTrace.Words(file), _cServer, "meet", "tcp", .. Numbers(load.Members, load.Bytes), Seconds]);
            await RunClientAsync(["meet", "raw", server.Place, .. Numbers(load.Members, load.WarmUpMilliseconds, load.Rounds, load.Bytes), Seconds]);
            await server.EndAsync();
            return await CallTrace.ReadAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The time of one join with a key, of many; in nanoseconds.</summary>
    public async Task<LimitTimes> JoinOursAsync(int members)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Key);
            await using RunningServer server = await RunningServer.StartAsync(_syncNet, "serve", "--key-file", file, "--listen", "127.0.0.1:0");
            // Once before, for the compiler.
            await JoinAsync("sync", server.Place, members, Key);
            return await JoinAsync("sync", server.Place, members, Key);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The same of an accept and an echo.</summary>
    public async Task<LimitTimes> JoinCAsync(int members)
    {
        await using RunningServer server = await RunningServer.StartAsync(_cServer, "echo", "tcp", "0", "0", Seconds);
        return await JoinAsync("raw", server.Place, members);
    }

    private Task<LimitTimes> JoinAsync(string protocol, string place, int members, params string[] key) =>
        RunClientAsync(["join", protocol, place, .. Numbers(members, 0, 0, 0), Seconds, .. key]);

    private async Task<LimitTimes> RunClientAsync(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(_client, words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process client = Process.Start(start)!;
        Task<string> errors = client.StandardError.ReadToEndAsync();
        string output = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return client.ExitCode == 0
            ? LimitTimes.Parse(output)
            : throw new InvalidOperationException($"limit-client {string.Join(' ', words)} ended with {client.ExitCode}: {(await errors).Trim()}");
    }

    private static IEnumerable<string> Numbers(params int[] numbers) => numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture));

    private static string SocketPath() => $"unix:{Path.Combine(Path.GetTempPath(), $"sync-net-limit-{Environment.ProcessId}.sock")}";
}
