namespace Sync.Net.IntegrationTests.Harness;

/// <summary>How a program ended, and what it printed.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public string All => $"exit code {ExitCode}\n{Output}\n{Error}";
}
