using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Sync.Net.Runtime.Server;
using Sync.Net.Transport;

namespace Sync.Net;

/// <summary>A whole group in one process, for unit tests of code that synchronises.</summary>
/// <remarks>
/// The members meet at a server of their own, without any network, and by the same rules as elsewhere. With a
/// <see cref="TimeProvider"/> of the test (such as a fake one) all of it runs in virtual time: a call takes effect before it returns its task, so
/// the time may be moved right after it.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "A group that can be looked up; the name says what it is.")]
public sealed class InProcessGroup : IReadOnlyDictionary<string, SyncGroup>, IAsyncDisposable
{
    private readonly SyncOptions _options;
    private readonly ServerShell _server;
    private readonly Dictionary<string, SyncGroup> _members = new(StringComparer.Ordinal);

    /// <summary>Makes a group, and joins all its members.</summary>
    /// <param name="members">The ids of all members; the group is closed, unless the options say otherwise.</param>
    /// <param name="timeProvider">The clock; null for the options' one.</param>
    /// <param name="options">
    /// What else the members' options say; null for the defaults. If they have no <see cref="SyncOptions.Roster"/> and no
    /// <see cref="SyncOptions.Roles"/>, <paramref name="members"/> are the roster.
    /// </param>
    /// <exception cref="ArgumentException">The members or the options are not usable.</exception>
    /// <exception cref="SyncException">The members do not fit what the options declare.</exception>
    public InProcessGroup(IEnumerable<string> members, TimeProvider? timeProvider = null, SyncOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        string[] ids = [.. members];
        _options = SyncOptions.Snapshot(options).Clone();
        _options.TimeProvider = timeProvider ?? _options.TimeProvider;
        _options.Transport = new MemoryTransport();
        _options.Endpoint = "group:1";
        if (!_options.IsClosedGroup) _options.Roster = ids.ToDictionary(static id => id, static _ => (string?)null, StringComparer.Ordinal);
        var serverOptions = new SyncServerOptions
        {
            HeartbeatInterval = _options.HeartbeatInterval,
            HeartbeatTimeout = _options.HeartbeatTimeout,
            ReconnectWindow = _options.ReconnectWindow,
            Limits = _options.Limits,
            TimeProvider = _options.TimeProvider,
            LoggerFactory = _options.LoggerFactory,
            Transport = _options.Transport,
            Key = _options.Key,
        };
        var settings = ServerSettings.From(SyncServerOptions.Snapshot(serverOptions), SyncEndpoint.Parse(_options.Endpoint));
        _server = ServerShell.Start(settings, SyncServer.LoggerOf(serverOptions));
        foreach (string id in ids) _members.Add(id, Join(id));
    }

    /// <summary>How many members there are.</summary>
    public int Count => _members.Count;

    /// <summary>The members' ids.</summary>
    public IEnumerable<string> Keys => _members.Keys;

    /// <summary>The members' sides of the group.</summary>
    public IEnumerable<SyncGroup> Values => _members.Values;

    /// <summary>A member's side of the group; after <see cref="Restart"/> that of its new start.</summary>
    /// <param name="key">The member's id.</param>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public SyncGroup this[string key] => _members.TryGetValue(key, out SyncGroup? member)
        ? member
        : throw new KeyNotFoundException($"There is no member '{key}': the members are {string.Join(", ", _members.Keys)}.");

    /// <summary>Ends a member as if its process were killed: it is lost, and its open calls end with <see cref="ObjectDisposedException"/>.</summary>
    /// <param name="member">The member's id.</param>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public void Kill(string member) => Complete(this[member].KillAsync().AsTask());

    /// <summary>Starts a member again, as a new process of the same id would; if it is alive it is killed first.</summary>
    /// <param name="member">The member's id.</param>
    /// <returns>The new start's side of the group.</returns>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public SyncGroup Restart(string member)
    {
        Kill(member);
        return _members[member] = Join(member);
    }

    /// <summary>Whether there is such a member.</summary>
    /// <param name="key">The member's id.</param>
    /// <returns>True if there is.</returns>
    public bool ContainsKey(string key) => _members.ContainsKey(key);

    /// <summary>Gets a member's side of the group.</summary>
    /// <param name="key">The member's id.</param>
    /// <param name="value">Its side.</param>
    /// <returns>True if there is such a member.</returns>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out SyncGroup value) => _members.TryGetValue(key, out value);

    /// <summary>Enumerates the members.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<KeyValuePair<string, SyncGroup>> GetEnumerator() => _members.GetEnumerator();

    /// <summary>All members leave, and the server stops.</summary>
    /// <returns>A task that ends when all is done.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (SyncGroup member in _members.Values) await member.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>With which a member reaches the group's server.</summary>
    internal SyncOptions OptionsOf(string member)
    {
        SyncOptions own = _options.Clone();
        own.Member = member;
        return own;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private SyncGroup Join(string member)
    {
        Task<SyncGroup> joining = SyncGroup.JoinAsync(OptionsOf(member));
        Complete(joining);
        return joining.Result;
    }

    /// <summary>Within a process all of it happens on the calling thread.</summary>
    private static void Complete(Task done)
    {
        if (!done.IsCompleted) throw new InvalidOperationException("A call within one process did not end at once.");
        done.GetAwaiter().GetResult();
    }
}
