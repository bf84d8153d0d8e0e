using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>Counts the system calls of a process by strace.</summary>
internal static class CallTrace
{
    /// <summary>Which words start a program so that its calls are counted into the file.</summary>
    public static string[] Words(string file) => ["-c", "-f", "-q", "-o", file];

    /// <summary>Counts what a process that runs already calls while the work is done.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> OfAsync(int processId, Func<Task> work)
    {
        string file = Path.GetTempFileName();
        try
        {
            string[] words = ["-c", "-f", "-o", file, "-p", processId.ToString(CultureInfo.InvariantCulture)];
            using Process strace = Process.Start(new ProcessStartInfo("strace", words) { RedirectStandardError = true })!;
            try
            {
                // Its first line says that it is attached, or why it may not.
                string? said = await strace.StandardError.ReadLineAsync();
                if (said is null || !said.Contains("attached", StringComparison.Ordinal)) throw new InvalidOperationException($"strace can't attach: {said}");
                Task<string> more = strace.StandardError.ReadToEndAsync();
                await work();
                await Output.OfAsync("kill", "-INT", strace.Id.ToString(CultureInfo.InvariantCulture));
                await strace.WaitForExitAsync();
                await more;
            }
            finally
            {
                if (!strace.HasExited) strace.Kill();
            }
            return await ReadAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The table that strace -c left: calls by name.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(string file)
    {
        var calls = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string line in await File.ReadAllLinesAsync(file))
        {
            // % time, seconds, usecs/call, calls, errors (or nothing), syscall.
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length < 5 || columns[^1] == "total") continue;
            if (long.TryParse(columns[3], NumberStyles.None, CultureInfo.InvariantCulture, out long count)) calls[columns[^1]] = count;
        }
        return calls;
    }

    /// <summary>Null if it is there and works, else why not.</summary>
    public static async Task<string?> TroubleAsync()
    {
        try
        {
            await Output.OfAsync("strace", "-c", "-o", "/dev/null", "true");
            return null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return $"strace can't be used: {e.Message}";
        }
    }
}
