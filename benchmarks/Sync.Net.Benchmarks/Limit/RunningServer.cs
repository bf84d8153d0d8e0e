using System.ComponentModel;
using System.Diagnostics;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>A server in a process of its own, which tells in its first line where it listens.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private const string Loopback = "127.0.0.1:";

    private readonly Process _process;

    private RunningServer(Process process, string place) => (_process, Place) = (process, place);

    /// <summary>A port of the loopback, or unix:PATH.</summary>
    public string Place { get; }

    public int ProcessId => _process.Id;

    public static async Task<RunningServer> StartAsync(string program, params IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            Process process = Process.Start(start)!;
            string? place = await process.StandardOutput.ReadLineAsync();
            if (place is null) throw new InvalidOperationException($"'{program}' ended before it listened.");
            return new RunningServer(process, place.StartsWith(Loopback, StringComparison.Ordinal) ? place[Loopback.Length..] : place);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' can't be started: {e.Message}", e);
        }
    }

    /// <summary>Waits for the end of a server that ends by itself.</summary>
    public Task EndAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
