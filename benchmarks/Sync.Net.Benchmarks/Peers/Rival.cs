namespace Sync.Net.Benchmarks.Peers;

/// <summary>A peer and its bar.</summary>
/// <param name="Variants">Ways to do the same; the fastest in a trial takes part.</param>
/// <param name="Bar">Ours / the peer's.</param>
internal sealed record Rival(IReadOnlyList<ISide> Variants, Bar Bar);
