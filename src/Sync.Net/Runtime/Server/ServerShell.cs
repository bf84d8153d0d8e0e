using Microsoft.Extensions.Logging;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>A running server: listener, timer, groups, and what members of this process call.</summary>
internal sealed partial class ServerShell : IAsyncDisposable
{
    private readonly ServerContext _server;
    private readonly IListener? _listener;
    private readonly HandshakeGate _gate;
    private readonly Carriers _carriers;
    private readonly Greeter _greeter;
    private readonly CallDesk _calls = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _stop;
    private Task _accepting = Task.CompletedTask;

    private ServerShell(ServerContext server, IListener? listener)
    {
        _server = server;
        _listener = listener;
        _gate = new HandshakeGate(_server);
        _carriers = new Carriers(_server, _gate, _stopping.Token);
        _greeter = new Greeter(_server, Settings.Key is null ? null : GroupKey.From(Settings.Key), _calls, _carriers);
        _stop = new Lazy<Task>(StopCoreAsync);
        _server.StoreFailed += OnStoreFailed;
    }

    public ServerSettings Settings => _server.Settings;

    /// <summary>Null for a server that only dials.</summary>
    public SyncEndpoint? Endpoint => _listener?.Endpoint;

    public Term Term => _server.Term;

    public Task Completion => _completion.Task;

    /// <exception cref="BindException">The endpoint can't be listened at.</exception>
    /// <exception cref="IOException">What an earlier server has kept can't be read.</exception>
    /// <exception cref="InvalidOperationException">Others could reach it, and there is neither a key nor leave to go without.</exception>
    public static async Task<ServerShell> StartAsync(ServerSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        await RequireKeyOffLoopbackAsync(settings, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Start(settings, logger);
    }

    /// <summary>Starts at once; without an endpoint it only dials.</summary>
    public static ServerShell Start(ServerSettings settings, ILogger logger)
    {
        var server = new ServerContext(settings, logger);
        // Before anybody can reach it: who comes must not find less than was kept.
        if (settings.Store is { } store) server.Groups.Restore(new KeptReader(server.KeptClock).Read(store.Load()));
        IListener? listener = settings.Listen is { } endpoint ? settings.Transport.Listen(endpoint) : null;
        var shell = new ServerShell(server, listener);
        shell._server.Timer.Start();
        if (listener is not null)
        {
            Log.Listening(logger, listener.Endpoint.ToString());
            LocalServers.Add(listener.Endpoint, settings.Key, settings.Transport, shell);
            shell._accepting = Task.Run(shell.AcceptAllAsync, CancellationToken.None);
        }
        return shell;
    }

    /// <summary>Gives a member of this process its link. The seat, or the refusal, comes to the sink on Flush or later.</summary>
    public LocalLink Attach(string group, string member, string? role, Guid incarnation, bool resume, IMemberSink sink, Guid? command = null)
    {
        var link = new LocalLink(_server, member, role, incarnation, command, sink);
        link.Join(group, resume);
        return link;
    }

    /// <summary>Ends the waits at every counted barrier, of all groups, and forgets what was counted.</summary>
    public void ClearCounts(string? reason)
    {
        foreach ((_, Group group) in _server.Groups.All)
        {
            Batch batch = group.Rent();
            group.ClearCounts(batch, reason);
            group.Flush(batch);
        }
    }

    /// <summary>Masters' calls of this member go to the handler until the result is disposed.</summary>
    public IDisposable AwaitCall(string group, string member, CallHandler handler) => _calls.Await(group, member, handler);

    /// <summary>Calls members until each is connected, and again when a connection breaks, until all said goodbye or the token ends.</summary>
    public async Task CallMembersAsync(
        string group,
        IEnumerable<(string Member, SyncEndpoint Endpoint)> members,
        Action<string, RefuseReason, string>? onRefused,
        CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var caller = new Caller(_server, _greeter, _gate);
        await Task.WhenAll(members.Select(each =>
            caller.KeepCalledAsync(new MemberCall(group, each.Member), each.Endpoint, onRefused, either.Token))).ConfigureAwait(false);
    }

    private static async ValueTask RequireKeyOffLoopbackAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Listen is not { } endpoint || settings.Key is not null || settings.AllowUnauthenticated) return;
        if (await settings.Transport.IsLocalAsync(endpoint, cancellationToken).ConfigureAwait(false)) return;
        throw new InvalidOperationException(
            $"Listening at {endpoint} lets other machines in, and there is no key: set Key (SYNC_NET_KEY) to the same 16 bytes "
            + "or more for every member, or AllowUnauthenticated to go without.");
    }
}
