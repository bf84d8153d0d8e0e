using System.Collections.Concurrent;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Server;

/// <summary>The servers that run in this process: members of theirs need no connection.</summary>
internal static class LocalServers
{
    private static readonly ConcurrentDictionary<(SyncEndpoint Endpoint, string? Key, ITransport Transport), ServerShell> Running = [];

    public static void Add(SyncEndpoint endpoint, string? key, ITransport transport, ServerShell server) =>
        Running[(endpoint, key, transport)] = server;

    public static void Remove(SyncEndpoint endpoint, string? key, ITransport transport) =>
        Running.TryRemove((endpoint, key, transport), out _);

    public static ServerShell? Find(SyncEndpoint endpoint, string? key, ITransport transport) =>
        Running.GetValueOrDefault((endpoint, key, transport)) ?? HostedServers.Find(endpoint, key, transport);
}
