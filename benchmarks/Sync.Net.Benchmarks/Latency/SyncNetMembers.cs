using System.Net;
using System.Net.Sockets;
using Sync.Net.Benchmarks.Members;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Latency;

/// <summary>This library: one process of this executable a member; the first hosts the server inside itself.</summary>
internal sealed class SyncNetMembers : IContender
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Sync.Net.Benchmarks");

    private readonly Primitive _primitive;

    public SyncNetMembers(Primitive primitive) => _primitive = primitive;

    public string Name => "Sync.Net";

    public async Task RunAsync(RunPlan plan, string directory)
    {
        int port = FindFreePort();
        await using var children = new ChildProcesses();
        for (int index = 0; index < plan.Members; index++)
        {
            var member = new MemberPlan(_primitive, index, plan.Members, plan.Rounds, plan.Bytes, port, directory);
            children.Start(Executable, [MemberCommand.Name, .. member.ToWords()]);
        }
        await children.WaitForSuccessAsync(plan.Limit);
    }

    // Somebody else may take the port before the master binds it; the run then fails and says so.
    private static int FindFreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
