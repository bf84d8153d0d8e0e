using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sync.Net.Cli.Processes;

namespace Sync.Net.Cli.Bench;

/// <summary>A process of members, as the command that started it sees it.</summary>
internal sealed class BenchProcess : IDisposable
{
    /// <summary>The verb of such a process; not for people.</summary>
    public const string MembersVerb = "bench-members";

    private static readonly string[] Kept = ["SYNC_NET_KEY", "SYNC_NET_KEY_FILE"];

    private readonly Process _process;
    private readonly Task<string> _errors;

    private BenchProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static async Task<BenchProcess> StartAsync(BenchPlan plan, int number)
    {
        ProcessStartInfo start = OwnProgram.With(MembersVerb, number.ToString(CultureInfo.InvariantCulture));
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        // The plan says who the members are, whatever run the user's shell belongs to; the key never stands in a plan.
        foreach (string name in start.Environment.Keys.Where(IsOurs).ToArray()) start.Environment.Remove(name);
        var process = new BenchProcess(Process.Start(start)!);
        await process.WriteAsync(JsonSerializer.Serialize(plan, BenchJson.Default.BenchPlan));
        return process;
    }

    public async Task ExpectReadyAsync(CancellationToken cancellationToken)
    {
        BenchTold told = await NextAsync(cancellationToken) ?? throw await DeathAsync(cancellationToken);
        if (told.Step != BenchStep.Ready) throw new BenchFailedException(told.ExitCode, told.Error!, told.Facts);
    }

    public Task GoAsync() => WriteAsync("go");

    /// <summary>How it came out; a process that ends without a word, or not with 0, has failed.</summary>
    /// <exception cref="BenchFailedException">A round failed, or the process died.</exception>
    public async Task<BenchTold> EndAsync(CancellationToken cancellationToken)
    {
        BenchTold told = await NextAsync(cancellationToken) ?? throw await DeathAsync(cancellationToken);
        if (told.Step != BenchStep.Done) throw new BenchFailedException(told.ExitCode, told.Error!, told.Facts);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0 ? told : throw await DeathAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static bool IsOurs(string variable) => variable.StartsWith("SYNC_NET_", StringComparison.Ordinal) && !Kept.AsSpan().Contains(variable);

    private async Task WriteAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended, which is seen by what it told.
        }
    }

    private async Task<BenchTold?> NextAsync(CancellationToken cancellationToken)
    {
        if (await _process.StandardOutput.ReadLineAsync(cancellationToken) is not { } line) return null;
        try
        {
            return JsonSerializer.Deserialize(line, BenchJson.Default.BenchTold);
        }
        catch (JsonException)
        {
            // Cut off in the middle of its last word.
            return null;
        }
    }

    private async Task<BenchFailedException> DeathAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        string said = (await _errors.WaitAsync(cancellationToken)).Trim();
        string text = string.Create(
            CultureInfo.InvariantCulture, $"bench: process {_process.Id} of its members ended with {_process.ExitCode} in the middle{(said.Length == 0 ? "" : $": {said}")}");
        return new BenchFailedException(ExitCodes.Failure, text);
    }
}
