using Sync.Net.Benchmarks.Latency;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>How many rounds a side gets: fewer the slower it is and the more members there are.</summary>
/// <param name="WarmUp">Rounds that don't count, at N = 2.</param>
/// <param name="Counted">Rounds that count, at N = 2.</param>
internal sealed record Pace(int WarmUp, int Counted)
{
    private const int LeastCounted = 50;
    private const int LeastWarmUp = 20;

    public RunPlan PlanFor(int members, int bytes = 0)
    {
        // A round costs about as much as it has members, and compiling takes longer the more processes do it.
        int counted = Math.Max(LeastCounted, Counted * 2 / members);
        int warmUp = Math.Max(LeastWarmUp, (int)(WarmUp * Math.Sqrt(2.0 / members)));
        return new RunPlan(members, warmUp + counted, warmUp, bytes);
    }
}
