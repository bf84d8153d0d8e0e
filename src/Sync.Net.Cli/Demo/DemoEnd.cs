namespace Sync.Net.Cli.Demo;

/// <summary>How a member's process ended, and what it printed that nobody expected.</summary>
internal sealed record DemoEnd(string Member, int ExitCode, string Errors);
