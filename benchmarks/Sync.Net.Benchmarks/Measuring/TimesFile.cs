using System.Runtime.InteropServices;

namespace Sync.Net.Benchmarks.Measuring;

/// <summary>
/// What a member leaves behind: for each round the time right before its call and right after it, as 64-bit
/// nanoseconds of CLOCK_MONOTONIC, which all processes of a machine share.
/// </summary>
internal static class TimesFile
{
    public static Task WriteAsync(string directory, int index, long[] times) =>
        File.WriteAllBytesAsync(PathOf(directory, index), MemoryMarshal.AsBytes<long>(times).ToArray());

    public static async Task<RoundTimes> ReadAllAsync(string directory, int members, int rounds)
    {
        var times = new RoundTimes(rounds);
        for (int index = 0; index < members; index++)
        {
            byte[] bytes = await File.ReadAllBytesAsync(PathOf(directory, index));
            times.Add(MemoryMarshal.Cast<byte, long>(bytes));
        }
        return times;
    }

    private static string PathOf(string directory, int index) => Path.Combine(directory, $"member-{index}.times");
}
