using Microsoft.Extensions.Logging;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Server;

/// <summary>
/// The servers that members of this process host: one an endpoint and key, started for the first that needs it and
/// stopped when the last one goes.
/// </summary>
internal static class HostedServers
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Key, Host> Hosts = [];

    /// <summary>The server that this process hosts there, if it does.</summary>
    public static ServerShell? Find(SyncEndpoint endpoint, string? key, ITransport transport)
    {
        lock (Gate)
        {
            return Hosts.TryGetValue(new Key(endpoint, key, transport), out Host? host) && host.Start.IsCompletedSuccessfully
                ? host.Start.Result
                : null;
        }
    }

    /// <summary>Takes a share of the server that this process hosts there, if it does.</summary>
    public static Lease? TryShare(SyncEndpoint endpoint, string? groupKey, ITransport transport)
    {
        var key = new Key(endpoint, groupKey, transport);
        lock (Gate)
        {
            if (!Hosts.TryGetValue(key, out Host? host) || !host.Start.IsCompletedSuccessfully) return null;
            host.Shares++;
            return new Lease(key, host, host.Start.Result);
        }
    }

    /// <summary>Takes a share of the server there, starting it if need be.</summary>
    public static async Task<Lease> AcquireAsync(SyncEndpoint endpoint, ServerSettings settings, ILogger logger)
    {
        var key = new Key(endpoint, settings.Key, settings.Transport);
        Host? host;
        lock (Gate)
        {
            if (!Hosts.TryGetValue(key, out host)) Hosts.Add(key, host = new Host(ServerShell.StartAsync(settings, logger, CancellationToken.None)));
            host.Shares++;
        }
        try
        {
            return new Lease(key, host, await host.Start.ConfigureAwait(false));
        }
        catch
        {
            await ReleaseAsync(key, host).ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask ReleaseAsync(Key key, Host host)
    {
        lock (Gate)
        {
            if (--host.Shares > 0) return;
            Hosts.Remove(key);
        }
        if (host.Start.IsCompletedSuccessfully) await host.Start.Result.DisposeAsync().ConfigureAwait(false);
    }

    internal readonly record struct Key(SyncEndpoint Endpoint, string? GroupKey, ITransport Transport);

    internal sealed class Host(Task<ServerShell> start)
    {
        public Task<ServerShell> Start { get; } = start;

        public int Shares { get; set; }
    }

    /// <summary>A share of a hosted server; the last one to go stops it in good order.</summary>
    internal sealed class Lease(Key key, Host host, ServerShell server) : IAsyncDisposable
    {
        private int _released;

        public ServerShell Server { get; } = server;

        public ValueTask DisposeAsync() =>
            Interlocked.Exchange(ref _released, 1) == 0 ? ReleaseAsync(key, host) : ValueTask.CompletedTask;
    }
}
