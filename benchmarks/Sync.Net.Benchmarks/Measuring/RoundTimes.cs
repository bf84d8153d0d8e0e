namespace Sync.Net.Benchmarks.Measuring;

/// <summary>
/// The latency of each round, from the last member's call to the last member's return; how long the others had
/// waited for the last one doesn't count.
/// </summary>
internal sealed class RoundTimes
{
    private readonly long[] _lastCalls;
    private readonly long[] _lastReturns;

    public RoundTimes(int rounds)
    {
        _lastCalls = new long[rounds];
        _lastReturns = new long[rounds];
    }

    /// <summary>Adds one member's times: before and after, in pairs.</summary>
    public void Add(ReadOnlySpan<long> times)
    {
        if (times.Length != 2 * _lastCalls.Length) throw new InvalidDataException("A member left another number of rounds.");
        for (int round = 0; round < _lastCalls.Length; round++)
        {
            _lastCalls[round] = Math.Max(_lastCalls[round], times[2 * round]);
            _lastReturns[round] = Math.Max(_lastReturns[round], times[2 * round + 1]);
        }
    }

    public RunSummary Summarize(int warmUpRounds)
    {
        long[] all = [.. _lastReturns.Zip(_lastCalls, (after, before) => after - before)];
        long[] counted = all[warmUpRounds..];
        Array.Sort(counted);
        return new RunSummary(
            FromNanoseconds(counted[counted.Length / 2]),
            FromNanoseconds(counted[counted.Length * 99 / 100]),
            FromNanoseconds(counted[^1]),
            FromNanoseconds(all[0]),
            WorstButFirst(all));
    }

    private static WorstRound WorstButFirst(long[] latencies)
    {
        int worst = 1;
        for (int round = 2; round < latencies.Length; round++)
        {
            if (latencies[round] > latencies[worst]) worst = round;
        }
        return new WorstRound(worst, FromNanoseconds(latencies[worst]));
    }

    private static TimeSpan FromNanoseconds(long nanoseconds) =>
        TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
