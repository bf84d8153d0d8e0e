using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>A process that answers a line with a line, and ends when its input does.</summary>
internal sealed class TalkingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private TalkingProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Starts it with room for so many open files, or as many as this process may have: a connection each needs them all, shared ones do not.</summary>
    public static TalkingProcess Start(int files, string program, params IEnumerable<string> words)
    {
        int allowed = Math.Min(files, MostFiles());
        string handles = string.Create(CultureInfo.InvariantCulture, $"--nofile={allowed}:{allowed}");
        var start = new ProcessStartInfo("prlimit", [handles, program, .. words])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // As the tool's own process has it; see Sync.Net.Cli.csproj.
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCRetainVM"] = "1";
        try
        {
            return new TalkingProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"prlimit (util-linux) can't be started: {e.Message}", e);
        }
    }

    /// <summary>The hard limit, as `ulimit -Hn` has it.</summary>
    private static int MostFiles()
    {
        const string Name = "Max open files";
        string line = File.ReadLines("/proc/self/limits").First(static line => line.StartsWith(Name, StringComparison.Ordinal));
        string hard = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return int.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out int most) ? most : int.MaxValue;
    }

    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await HearAsync();
    }

    public async Task<string> HearAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit) is { } line) return line;
        await _process.WaitForExitAsync().WaitAsync(Limit);
        throw new InvalidOperationException($"'{string.Join(' ', _process.StartInfo.ArgumentList.Take(4))} …' ended with {_process.ExitCode}: {(await _errors).Trim()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
