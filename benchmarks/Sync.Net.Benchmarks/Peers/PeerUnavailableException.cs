namespace Sync.Net.Benchmarks.Peers;

/// <summary>A peer can't be measured here; the others still can.</summary>
internal sealed class PeerUnavailableException(string reason, Exception? cause = null) : Exception(reason, cause);
