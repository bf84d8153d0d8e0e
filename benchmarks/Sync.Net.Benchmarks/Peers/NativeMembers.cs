using System.Globalization;
using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>A peer's client in C: a program of benchmarks/native that forks the members.</summary>
internal sealed class NativeMembers(string name, string program, IReadOnlyList<string> words, Pace pace) : ISide
{
    public string Name => name;

    public RunPlan PlanFor(int members) => pace.PlanFor(members);

    public async Task RunAsync(RunPlan plan, string directory, CancellationToken cancellationToken)
    {
        await using var children = new ChildProcesses();
        children.Start(program, [.. words, Path.GetFileName(directory), .. LastWords(plan, directory)]);
        await children.WaitForSuccessAsync(plan.Limit).WaitAsync(cancellationToken);
    }

    /// <summary>What each of the programs is told last.</summary>
    public static IEnumerable<string> LastWords(RunPlan plan, string directory)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return
        [
            plan.Members.ToString(culture),
            plan.Rounds.ToString(culture),
            plan.Limit.TotalSeconds.ToString("F0", culture),
            directory,
        ];
    }
}
