using System.Globalization;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>What the server's process holds, after a full collection.</summary>
/// <param name="Managed">Bytes of objects that are alive.</param>
/// <param name="Resident">Bytes of the process in memory.</param>
internal readonly record struct ServerMemory(long Managed, long Resident)
{
    public static ServerMemory Now()
    {
        // Twice: what the finalizers of the first let go.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return new ServerMemory(GC.GetTotalMemory(forceFullCollection: true), ResidentNow());
    }

    public static ServerMemory Parse(string line)
    {
        string[] numbers = line.Split(' ');
        return new ServerMemory(long.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Managed} {Resident}");

    private static long ResidentNow()
    {
        const string Name = "VmRSS:";
        string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith(Name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(Name.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
    }
}
