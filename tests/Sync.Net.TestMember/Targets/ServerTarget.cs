using Microsoft.Extensions.Logging;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember.Targets;

internal sealed class ServerTarget : ITarget
{
    private ServerTarget(SyncServer server) => Server = server;

    public SyncServer Server { get; }

    public static async Task<ServerTarget> StartAsync(Command command, ILoggerFactory logs, CancellationToken cancellationToken) =>
        new(await SyncServer.StartAsync(OptionMapping.ToServerOptions(command.Options, command.Listen, logs), cancellationToken));

    public async Task<CallResult> CallAsync(Command command, CancellationToken cancellationToken)
    {
        if (command.Op == Ops.Allocated) return new CallResult { Bytes = GC.GetTotalAllocatedBytes(precise: true) };
        if (command.Op != Ops.Stop) throw new NotSupportedException($"A server has no '{command.Op}'.");
        await Server.StopAsync(cancellationToken);
        return new CallResult();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
