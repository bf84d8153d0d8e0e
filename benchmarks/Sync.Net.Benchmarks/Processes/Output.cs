using System.Diagnostics;

namespace Sync.Net.Benchmarks.Processes;

/// <summary>What a program prints.</summary>
internal static class Output
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <exception cref="InvalidOperationException">It did not end with 0; its own words are in the text.</exception>
    public static async Task<string> OfAsync(string program, params string[] words)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = await process.StandardOutput.ReadToEndAsync().WaitAsync(Limit);
            await process.WaitForExitAsync().WaitAsync(Limit);
            return process.ExitCode == 0 ? text : throw new InvalidOperationException($"'{program}' ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
