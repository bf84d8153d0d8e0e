using System.Collections.Concurrent;
using Sync.Net.Runtime.Server;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>The servers that run in this process: members of theirs need no connection.</summary>
internal static class LocalServers
{
    private static readonly ConcurrentDictionary<(SyncEndpoint Endpoint, string? Key, ITransport Transport), ServerShell> Running = [];

    public static void Add(SyncEndpoint endpoint, string? key, ITransport transport, ServerShell server) =>
        Running[(endpoint, key, transport)] = server;

    public static void Remove(SyncEndpoint endpoint, string? key, ITransport transport) =>
        Running.TryRemove((endpoint, key, transport), out _);

    public static ServerShell? Find(MemberPlan plan) =>
        Running.GetValueOrDefault((plan.Endpoint, plan.Key, plan.Transport))
        ?? HostedServers.Find(plan.Endpoint, plan.Key, plan.Transport);
}
