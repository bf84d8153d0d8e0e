namespace Sync.Net.Benchmarks.Latency;

/// <summary>What one run of one contender does.</summary>
/// <param name="Members">How many processes meet.</param>
/// <param name="Rounds">How often, the warm-up included.</param>
/// <param name="WarmUpRounds">How many of them come before the ones that count.</param>
/// <param name="Bytes">What each member gives; 0 for a barrier.</param>
internal sealed record RunPlan(int Members, int Rounds, int WarmUpRounds, int Bytes)
{
    /// <summary>Far above any sane run; whatever hangs ends then, by itself.</summary>
    public TimeSpan Limit => TimeSpan.FromSeconds(60 + Rounds / 200);
}
