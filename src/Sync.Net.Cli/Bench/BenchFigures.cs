using System.Diagnostics;

namespace Sync.Net.Cli.Bench;

/// <summary>What this host's members measured, by this host's clock alone.</summary>
/// <param name="Latency">From the last call to the last return, of the rounds in which a member of this host came last.</param>
/// <param name="Skew">From the first return to the last, of all rounds.</param>
/// <param name="Wait">From each member's own call to its own return, which holds its wait for the others.</param>
/// <param name="JoinTime">From the first member's attempt to the last one's welcome.</param>
/// <param name="RoundsTime">From the first call to the last return of all rounds that count.</param>
internal sealed record BenchFigures(Percentiles? Latency, Percentiles Skew, Percentiles Wait, TimeSpan JoinTime, TimeSpan RoundsTime)
{
    /// <exception cref="InvalidDataException">Somebody returned from a round before all had come: what must never be.</exception>
    public static BenchFigures Of(BenchPlan plan, IReadOnlyList<BenchTold> told)
    {
        int rounds = plan.Rounds;
        long[] lastCalls = new long[rounds], firstReturns = new long[rounds], lastReturns = new long[rounds];
        long[] waits = new long[plan.Members * rounds];
        Array.Fill(firstReturns, long.MaxValue);
        long firstCall = long.MaxValue;
        int next = 0;
        foreach (BenchTold each in told)
        {
            for (int i = 0; i < each.Times.Length; i += 2)
            {
                (int round, long before, long after) = (i / 2 % rounds, each.Times[i], each.Times[i + 1]);
                waits[next++] = Nanoseconds(after - before);
                lastCalls[round] = Math.Max(lastCalls[round], before);
                firstReturns[round] = Math.Min(firstReturns[round], after);
                lastReturns[round] = Math.Max(lastReturns[round], after);
                firstCall = Math.Min(firstCall, before);
            }
        }
        if (next != waits.Length) throw new InvalidDataException($"{next} of {waits.Length} waits were told");
        for (int round = 0; round < rounds; round++)
        {
            if (firstReturns[round] < lastCalls[round]) throw new InvalidDataException($"round {round + 1} released a member before another one had come");
        }
        int[] ours = [.. Enumerable.Range(0, rounds).Where(round => told[0].LastHere[round])];
        return new BenchFigures(
            Percentiles.Of([.. ours.Select(round => Nanoseconds(lastReturns[round] - lastCalls[round]))]),
            Percentiles.Of([.. Enumerable.Range(0, rounds).Select(round => Nanoseconds(lastReturns[round] - firstReturns[round]))])!,
            Percentiles.Of(waits)!,
            Stopwatch.GetElapsedTime(told.Min(static each => each.JoinBegan), told.Max(static each => each.JoinEnded)),
            Stopwatch.GetElapsedTime(firstCall, lastReturns[^1]));
    }

    private static long Nanoseconds(long ticks) => (long)(ticks * (1_000_000_000.0 / Stopwatch.Frequency));
}
