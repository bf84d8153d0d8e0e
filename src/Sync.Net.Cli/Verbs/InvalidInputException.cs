namespace Sync.Net.Cli.Verbs;

/// <summary>What came by standard input is not what it should be.</summary>
internal sealed class InvalidInputException(string message) : Exception(message);
