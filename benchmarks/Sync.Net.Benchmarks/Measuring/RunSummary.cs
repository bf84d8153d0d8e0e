namespace Sync.Net.Benchmarks.Measuring;

/// <summary>One run's latencies.</summary>
/// <param name="Median">Of the rounds that count.</param>
/// <param name="P99">Of the rounds that count.</param>
/// <param name="Slowest">Of the rounds that count.</param>
/// <param name="First">The very first round: connecting, and compiling all that a round needs.</param>
/// <param name="Worst">The slowest of all rounds but the first, the warm-up included.</param>
internal sealed record RunSummary(TimeSpan Median, TimeSpan P99, TimeSpan Slowest, TimeSpan First, WorstRound Worst);

/// <summary>A round, by its number from 0, and how long it took.</summary>
internal readonly record struct WorstRound(int Number, TimeSpan Latency);
