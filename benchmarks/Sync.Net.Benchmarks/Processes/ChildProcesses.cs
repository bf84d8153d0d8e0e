using System.ComponentModel;
using System.Diagnostics;

namespace Sync.Net.Benchmarks.Processes;

/// <summary>Processes started here; disposing ends those of them that still run.</summary>
internal sealed class ChildProcesses : IAsyncDisposable
{
    private readonly List<(Process Process, Task<string> Errors)> _children = [];

    public void Start(string program, params IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardError = true, UseShellExecute = false };
        try
        {
            Process process = Process.Start(start)!;
            _children.Add((process, process.StandardError.ReadToEndAsync()));
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' can't be started: {e.Message}", e);
        }
    }

    /// <summary>Returns when all have ended with 0; throws with their own words as soon as one has not, or at the limit.</summary>
    public async Task WaitForSuccessAsync(TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        List<Task> running = [.. _children.Select(child => WaitAsync(child.Process, child.Errors, deadline.Token))];
        while (running.Count > 0)
        {
            Task ended = await Task.WhenAny(running);
            await ended;
            running.Remove(ended);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((Process process, _) in _children)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static async Task WaitAsync(Process process, Task<string> errors, CancellationToken deadline)
    {
        await process.WaitForExitAsync(deadline);
        if (process.ExitCode == 0) return;
        string text = await errors.WaitAsync(deadline);
        throw new InvalidOperationException($"'{process.StartInfo.FileName}' ended with {process.ExitCode}: {text.Trim()}");
    }
}
