using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Peers.Members;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>A peer's client in C#: one process of the members' program a member.</summary>
internal sealed class PeerMembers(string program, string name, PeerClient client, int port, Pace pace) : ISide
{
    public string Name => name;

    public RunPlan PlanFor(int members) => pace.PlanFor(members);

    public async Task RunAsync(RunPlan plan, string directory, CancellationToken cancellationToken)
    {
        string key = Path.GetFileName(directory);
        await using var children = new ChildProcesses();
        for (int index = 0; index < plan.Members; index++)
        {
            var member = new PeerMemberPlan(client, index, plan.Members, plan.Rounds, port, key, directory);
            children.Start(program, [PeerMemberCommand.Name, .. member.ToWords()]);
        }
        await children.WaitForSuccessAsync(plan.Limit).WaitAsync(cancellationToken);
    }
}
