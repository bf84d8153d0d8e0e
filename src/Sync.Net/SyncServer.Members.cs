using Sync.Net.Runtime;
using Sync.Net.Runtime.Server;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net;

// What the members of this process use.
public sealed partial class SyncServer
{
    /// <summary>The listener's endpoint; null for a server that only dials.</summary>
    internal SyncEndpoint? BoundEndpoint => _shell.Endpoint;

    internal Term Term => _shell.Term;

    /// <summary>A server without a listener, for a master that dials its members.</summary>
    internal static SyncServer CreateUnbound(SyncServerOptions options)
    {
        SyncServerOptions own = SyncServerOptions.Snapshot(options);
        return new SyncServer(ServerShell.Start(ServerSettings.From(own, listen: null), LoggerOf(own)));
    }

    /// <inheritdoc cref="ServerShell.Attach"/>
    internal LocalLink Attach(string group, string member, string? role, Guid incarnation, bool resume, IMemberSink sink) =>
        _shell.Attach(group, member, role, incarnation, resume, sink);

    /// <inheritdoc cref="ServerShell.AwaitCall"/>
    internal IDisposable AwaitCall(string group, string member, CallHandler handler) => _shell.AwaitCall(group, member, handler);

    /// <inheritdoc cref="ServerShell.CallMembersAsync"/>
    internal Task CallMembersAsync(
        string group,
        IEnumerable<(string Member, SyncEndpoint Endpoint)> members,
        CancellationToken cancellationToken,
        Action<string, RefuseReason, string>? onRefused = null) =>
        _shell.CallMembersAsync(group, members, onRefused, cancellationToken);
}
