using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>What one run with many members showed.</summary>
/// <param name="Members">How many.</param>
/// <param name="JoinMicroseconds">The time of all joins, divided by their number.</param>
/// <param name="Rounds">From the last call to the last return.</param>
/// <param name="Before">The server's memory with nobody.</param>
/// <param name="Joined">With all, before they met.</param>
/// <param name="Met">With all, after the rounds.</param>
internal sealed record ScaleResult(int Members, double JoinMicroseconds, RunSummary Rounds, ServerMemory Before, ServerMemory Joined, ServerMemory Met)
{
    public double ManagedJoined => (double)(Joined.Managed - Before.Managed) / Members;

    public double ManagedMet => (double)(Met.Managed - Before.Managed) / Members;

    public double ResidentMet => (double)(Met.Resident - Before.Resident) / Members;
}
