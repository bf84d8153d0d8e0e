namespace Sync.Net.Cli.CommandLine;

/// <summary>The command line is not usable; the text says why, and what to write.</summary>
internal sealed class UsageException(string message) : Exception(message);
