using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sync.Net.Arguments;
using Sync.Net.Runtime.Server;
using Sync.Net.Transport;

namespace Sync.Net;

/// <summary>A server that members meet at. One port serves any number of groups of one key.</summary>
/// <remarks>
/// Barriers and exchanges start one by themselves where none is given; start one yourself to share a port among several of them, to
/// choose the port, or to keep it apart from the members. The server keeps no state on disk: a restarted one never
/// continues what was open before. Source of the semantics: autotest's <c>listen_server</c>.
/// </remarks>
public sealed partial class SyncServer : IAsyncDisposable
{
    private readonly ServerShell _shell;

    private SyncServer(ServerShell shell) => _shell = shell;

    internal ServerShell Shell => _shell;

    /// <summary>Where members reach this server, in the form that <see cref="SyncOptions.Endpoint"/> takes.</summary>
    /// <remarks>With the port that was really bound, when port 0 was asked for.</remarks>
    public string Endpoint => _shell.Endpoint?.ToString() ?? "";

    /// <summary>Ends when the server has stopped; fails if it stopped because its listener failed.</summary>
    public Task Completion => _shell.Completion;

    /// <summary>Starts a server.</summary>
    /// <param name="options">Where to listen and what to bound; null for a free port on loopback. Copied.</param>
    /// <param name="cancellationToken">Cancels the start; has no effect on a server that has started.</param>
    /// <returns>The server, listening.</returns>
    /// <exception cref="ArgumentException">The options are not usable; the text lists every fault.</exception>
    /// <exception cref="InvalidOperationException">
    /// Other machines could reach it, and there is neither a <see cref="SyncServerOptions.Key"/> nor
    /// <see cref="SyncServerOptions.AllowUnauthenticated"/>.
    /// </exception>
    /// <exception cref="SyncException">The address can't be bound.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    public static async Task<SyncServer> StartAsync(SyncServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SyncServerOptions own = SyncServerOptions.Snapshot(options);
        ServerSettings settings = ServerSettings.From(own, own.ListenEndpoint) with { Observer = own.Sights };
        try
        {
            return new SyncServer(await ServerShell.StartAsync(settings, LoggerOf(own), cancellationToken).ConfigureAwait(false));
        }
        catch (BindException e)
        {
            var failure = new SyncFailure { Kind = SyncFailureKind.Refused, Reason = e.Message, Endpoint = e.Endpoint.ToString() };
            throw new SyncException(e.Message, failure, e);
        }
    }

    /// <summary>Makes options with which a member reaches this server: endpoint, key, and heartbeat figures.</summary>
    /// <param name="member">The member's id, <c>host</c> or <c>host#tag</c>.</param>
    /// <param name="role">The member's role, if it has one.</param>
    /// <returns>New options, to be changed at will.</returns>
    /// <exception cref="ArgumentException">The id or the role is not usable.</exception>
    public SyncOptions CreateMemberOptions(string member, string? role = null)
    {
        ServerSettings settings = _shell.Settings;
        return new SyncOptions
        {
            Endpoint = _shell.Endpoint is { } endpoint ? ReachableEndpoint.Of(endpoint).ToString() : null,
            Member = MemberId.Parse(member, nameof(member), settings.Limits.MaxNameBytes).Text,
            Role = role is null ? null : NameArgument.Check(role, "role", nameof(role), settings.Limits.MaxNameBytes),
            Key = settings.Key,
            AllowUnauthenticated = settings.AllowUnauthenticated,
            HeartbeatInterval = settings.HeartbeatInterval,
            HeartbeatTimeout = settings.HeartbeatTimeout,
            ReconnectWindow = settings.ReconnectWindow,
            Limits = settings.Limits.Clone(),
            TimeProvider = settings.TimeProvider,
            Transport = settings.Transport,
        };
    }

    /// <summary>Clears every counted barrier of every group, as an operator does: their waits end with <see cref="SyncFailureKind.Cleared"/>.</summary>
    /// <param name="reason">Why, in a line; null for nothing but that an operator did it.</param>
    /// <remarks>What was added without waiting is forgotten, too. Source: Emulab's SIGHUP.</remarks>
    public void ClearCounts(string? reason = null) => _shell.ClearCounts(reason);

    /// <summary>Stops in good order: open waits are withdrawn without error, and their members start over.</summary>
    /// <param name="cancellationToken">Stops waiting for the members' goodbye; the server ends at once then.</param>
    /// <returns>A task that ends when the server has stopped.</returns>
    /// <remarks>What was decided goes out first, two seconds at most. May be called more than once.</remarks>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) => _shell.StopAsync(cancellationToken);

    /// <summary>Stops in good order, and never fails.</summary>
    /// <returns>A task that ends within about two seconds.</returns>
    public ValueTask DisposeAsync() => _shell.DisposeAsync();

    internal static ILogger LoggerOf(SyncServerOptions options) =>
        options.LoggerFactory?.CreateLogger("Sync.Net.Server") ?? NullLogger.Instance;
}
