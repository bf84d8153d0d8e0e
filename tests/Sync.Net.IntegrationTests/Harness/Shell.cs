using System.Diagnostics;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>Runs a program to its end.</summary>
internal static class Shell
{
    public static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Returns what a command of words without spaces printed; fails unless it ends with 0.</summary>
    public static async Task<string> RunAsync(string command)
    {
        string[] words = command.Split(' ');
        ProgramRun run = await RunAsync(words[0], words[1..], TimeSpan.FromSeconds(30));
        Assert.True(run.ExitCode == 0, $"'{command}' ended with {run.ExitCode}: {run.Error}");
        return run.Output;
    }

    /// <summary>As <see cref="RunAsync(string)"/>, for cleaning up: whatever comes of it.</summary>
    public static async Task TryRunAsync(string command)
    {
        string[] words = command.Split(' ');
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public static async Task<ProgramRun> RunAsync(
        string program,
        IEnumerable<string> arguments,
        TimeSpan limit,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            string command = $"{program} {string.Join(' ', start.ArgumentList)}";
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within(limit, what: command);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
