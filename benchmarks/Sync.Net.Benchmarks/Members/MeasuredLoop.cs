using System.Diagnostics;

namespace Sync.Net.Benchmarks.Members;

/// <summary>Calls back to back: the next call follows its predecessor's return at once, as in a test's own loop.</summary>
internal static class MeasuredLoop
{
    public static async Task<long[]> RunAsync<T>(int rounds, Func<Task<T>> call, Func<T, int, bool> isWhole)
    {
        if (Stopwatch.Frequency != 1_000_000_000)
            throw new PlatformNotSupportedException("The times of the processes are compared: CLOCK_MONOTONIC is needed.");

        long[] times = new long[2 * rounds];
        for (int round = 0; round < rounds; round++)
        {
            times[2 * round] = Stopwatch.GetTimestamp();
            T result = await call();
            times[2 * round + 1] = Stopwatch.GetTimestamp();
            if (!isWhole(result, round)) throw new InvalidDataException($"Round {round} returned something else.");
        }
        return times;
    }
}
