using System.Diagnostics;

namespace Sync.Net.Benchmarks.Processes;

/// <summary>A server that prints where it listens as its first line; disposing ends it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private ServerProcess(Process process, string place)
    {
        _process = process;
        Place = place;
    }

    /// <summary>What it printed.</summary>
    public string Place { get; }

    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string> variables, string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        Process process = Process.Start(start)!;
        string? place = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        return new ServerProcess(process, place ?? throw new InvalidOperationException($"'{program}' ended before it listened."));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
