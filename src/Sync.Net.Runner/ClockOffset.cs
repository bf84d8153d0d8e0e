namespace Sync.Net.Runner;

/// <summary>How far a host's clock is ahead of the runner's.</summary>
/// <param name="Offset">The host's time minus the runner's.</param>
/// <param name="Error">The most that <paramref name="Offset"/> can be wrong: half of the shortest exchange.</param>
public sealed record ClockOffset(TimeSpan Offset, TimeSpan Error);
