using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Members;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>This library: one process of the members' program a member; the first hosts the server inside itself, or the server has a process too, as the peers' have.</summary>
internal sealed class OurMembers(string program, bool hasServer, Primitive primitive, int bytes, Pace pace) : ISide
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    public string Name => hasServer ? "Sync.Net, server apart" : "Sync.Net";

    public RunPlan PlanFor(int members) => pace.PlanFor(members, bytes);

    public async Task RunAsync(RunPlan plan, string directory, CancellationToken cancellationToken)
    {
        int port = FreePort.Find();
        await using ServerProcess? server = hasServer ? await ServerProcess.StartAsync(NoVariables, program, ServeCommand.Name) : null;
        await using var children = new ChildProcesses();
        for (int index = 0; index < plan.Members; index++)
        {
            var member = new MemberPlan(primitive, index, plan.Members, plan.Rounds, plan.Bytes, port, directory) { Endpoint = server?.Place };
            children.Start(program, [MemberCommand.Name, .. member.ToWords()]);
        }
        await children.WaitForSuccessAsync(plan.Limit).WaitAsync(cancellationToken);
    }
}
