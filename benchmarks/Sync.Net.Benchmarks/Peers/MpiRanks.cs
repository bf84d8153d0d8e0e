using System.Globalization;
using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Peers.Servers;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>MPI_Barrier, or MPI_Allgather when each rank gives bytes, over TCP, with more ranks than there are CPUs.</summary>
internal sealed class MpiRanks(string name, string guard, string program, int bytes, Pace pace) : ISide
{
    /// <summary>ob1 is the layer that uses the btl at all; nothing of it, nor of mpirun's own talk, leaves loopback.</summary>
    private static readonly string[] Settings =
    [
        "--allow-run-as-root", "--oversubscribe", "--bind-to", "none",
        "--mca", "pml", "ob1", "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", "lo",
        "--mca", "oob_tcp_if_include", "lo", "--mca", "plm_rsh_agent", "false",
        "--mca", "mpi_yield_when_idle", "1",
    ];

    public string Name => name;

    public RunPlan PlanFor(int members) => pace.PlanFor(members, bytes);

    public async Task RunAsync(RunPlan plan, string directory, CancellationToken cancellationToken)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        await using var mpirun = GuardedProcess.Start(
            guard,
            "mpirun",
            [
                .. Settings, "-np", plan.Members.ToString(culture),
                program, plan.Bytes.ToString(culture), .. NativeMembers.LastWords(plan, directory),
            ]);
        await mpirun.WaitForSuccessAsync(plan.Limit, cancellationToken);
    }
}
