namespace Sync.Net.Runner.Hosts;

/// <summary>A host can't be reached or used, or a command can't be started there; the message names which and the remedy.</summary>
internal sealed class HostException(string message, Exception? inner = null) : Exception(message, inner);
