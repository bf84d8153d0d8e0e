namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>Waits that one release ended.</summary>
/// <param name="At">When: the last of their ends.</param>
/// <param name="Straggler">Who came last; null if that is not known.</param>
/// <param name="Waits">Indices into the run's waits.</param>
internal sealed record Meeting(DateTimeOffset At, string? Straggler, IReadOnlyList<int> Waits);
