namespace Sync.Net.Cli.Bench;

/// <summary>A round, or a process, has failed: nothing was measured.</summary>
/// <param name="exitCode">What the command ends with.</param>
/// <param name="message">Why.</param>
/// <param name="facts">The failure as JSON; null where no round failed.</param>
internal sealed class BenchFailedException(int exitCode, string message, string? facts = null) : Exception(message)
{
    public int ExitCode => exitCode;

    public string? Facts => facts;
}
