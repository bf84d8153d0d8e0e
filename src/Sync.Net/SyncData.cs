using System.Collections.Concurrent;
using Sync.Net.Arguments;
using Sync.Net.Objects;
using Sync.Net.Payloads;

using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

/// <summary>A meeting at which each member may give a value, and all get what was given, by member.</summary>
/// <typeparam name="T">
/// What is exchanged: numbers, strings, tuples, lists, dictionaries, records, byte arrays. Written with MessagePack, or with
/// <see cref="SyncOptions.Serializer"/>. All members use the same type; a type of another name is a mismatch for all. A
/// <see cref="DateTime"/> of local time comes back as the same instant in UTC: use <see cref="DateTimeOffset"/> where the
/// offset matters.
/// </typeparam>
/// <remarks>
/// <para>
/// The process of the master, which is named, hosts the server, unless a server is given or <see cref="SyncOptions.Endpoint"/>
/// names one. A master that is not among the hosts only serves.
/// </para>
/// <para>
/// Guarantees: a call returns normally only when every host has taken part, and then each has the same values. Who gave
/// nothing has no key in the result. A member that dies before it gave fails all the others at once; one that dies after
/// it gave harms nobody: its value stays, and its death stands in the result. After giving, a timeout or a cancellation ends only
/// the own wait. The same session id again is the next round; who comes late to a round that it was part of gets that round's result.
/// </para>
/// <para>
/// Several sessions may be open at once, from several threads. A timeout's clock starts at the call. No value is ever printed or
/// logged. Source of the semantics: autotest's <c>SyncData</c>.
/// </para>
/// </remarks>
public sealed class SyncData<T> : IAsyncDisposable
    where T : notnull
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly MemberCalls _member;
    private readonly bool _isOfGroup;
    private readonly string _sessionId;
    private readonly string _master;
    private readonly Roster _hosts;
    private readonly TimeSpan _timeout;
    private readonly PayloadSerializer<T> _payloads;
    private readonly ConcurrentDictionary<string, long> _meetingsAlone = new(StringComparer.Ordinal);

    /// <summary>Describes this member's side of an exchange; nothing is opened before the first call.</summary>
    /// <param name="masterId">The id of the member whose process hosts the server.</param>
    /// <param name="hostId">This member's id, <c>host</c> or <c>host#tag</c>.</param>
    /// <param name="hosts">The ids of all members that exchange data, in any order.</param>
    /// <param name="sessionId">The name of the exchange; a call may name another one.</param>
    /// <param name="timeout">How long each call waits; null for <see cref="SyncOptions.Timeout"/> or, where that is null, 60 s.</param>
    /// <param name="options">How to connect; null for the defaults. Copied: later changes have no effect here.</param>
    /// <param name="server">A server of this process to take part in. It is shared and is not disposed with this object.</param>
    /// <exception cref="ArgumentException">An id, the hosts, the session id or an option is not usable; the text says what to write instead.</exception>
    /// <exception cref="NotSupportedException">
    /// <typeparamref name="T"/> needs code made at run time, which this program does not allow, and no
    /// <see cref="SyncOptions.Serializer"/> is given.
    /// </exception>
    public SyncData(
        string masterId,
        string hostId,
        IEnumerable<string> hosts,
        string sessionId,
        TimeSpan? timeout = null,
        SyncOptions? options = null,
        SyncServer? server = null)
    {
        SyncOptions own = SyncOptions.Snapshot(options);
        int most = own.Limits.MaxNameBytes;
        MemberId self = MemberId.Parse(hostId, nameof(hostId), most);
        _master = MemberId.Parse(masterId, nameof(masterId), most).Text;
        _hosts = RosterArgument.ForData(self.Text, _master, hosts, nameof(hosts), own.Limits);
        _sessionId = NameArgument.Check(sessionId, "session id", nameof(sessionId), most);
        _timeout = TimeoutArgument.Check(timeout, nameof(timeout)) ?? own.Timeout ?? DefaultTimeout;
        _payloads = PayloadSerializers.Create<T>(own);
        _member = new MemberCalls(typeof(SyncData<T>), self, own, server);
    }

    internal SyncData(MemberCalls group, string master, string sessionId, Roster hosts)
    {
        _member = group;
        _isOfGroup = true;
        _master = master;
        _hosts = hosts;
        _sessionId = NameArgument.Check(sessionId, "session id", nameof(sessionId), group.Options.Limits.MaxNameBytes);
        _timeout = group.Options.Timeout ?? DefaultTimeout;
        _payloads = PayloadSerializers.Create<T>(group.Options);
    }

    /// <summary>Takes part without giving anything, and waits for all hosts.</summary>
    /// <returns>What the others gave.</returns>
    /// <remarks>The same as <see cref="ReadAsync(TimeSpan?, string?, IEnumerable{string}?, CancellationToken)"/> without arguments.</remarks>
    /// <exception cref="ObjectDisposedException">This object is disposed, before the call or during it.</exception>
    /// <exception cref="SyncTimeoutException">Not all took part in time.</exception>
    /// <exception cref="SyncException">The round was broken, or its decision was not learned.</exception>
    public Task<SyncResult<T>> SyncAsync() => ReadAsync(null, null, null, CancellationToken.None);

    /// <inheritdoc cref="SyncAsync(T, TimeSpan?, string?, IEnumerable{string}?, CancellationToken)"/>
    public Task<SyncResult<T>> SyncAsync(T data, CancellationToken cancellationToken) =>
        SyncAsync(data, null, null, null, cancellationToken);

    /// <summary>Gives a value, and waits for all hosts.</summary>
    /// <param name="data">What this member gives.</param>
    /// <param name="timeout">How long this call waits; null for the constructor's. Zero is judged once, after giving.</param>
    /// <param name="sessionId">The session of this call; null for the constructor's.</param>
    /// <param name="from">Whose values are wanted; null for everybody's. The call waits for all hosts in either case.</param>
    /// <param name="cancellationToken">Ends the own wait; what was given stays.</param>
    /// <returns>What the members gave, by member.</returns>
    /// <remarks>All hosts get the result at once, however slow one of them reads.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null; use <see cref="ReadAsync(CancellationToken)"/> to give nothing.</exception>
    /// <exception cref="ArgumentException">The session id is empty, or <paramref name="from"/> names somebody who is not among the hosts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member is not among the hosts (it only serves), or waits in this session already.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all took part in time. What this member gave stays.</exception>
    /// <exception cref="SyncException">
    /// A member was lost or left before it gave, aborted, or brought other hosts or another type; a value could not be written or read
    /// (<see cref="SyncFailureKind.Payload"/>); the server refused this member; or the server was lost before its decision was
    /// learned (<see cref="SyncFailure.Undecided"/>: others may have passed).
    /// </exception>
    public Task<SyncResult<T>> SyncAsync(
        T data,
        TimeSpan? timeout = null,
        string? sessionId = null,
        IEnumerable<string>? from = null,
        CancellationToken cancellationToken = default) => GiveAsync(data, Call(timeout, sessionId, from), cancellationToken);

    /// <inheritdoc cref="ReadAsync(TimeSpan?, string?, IEnumerable{string}?, CancellationToken)"/>
    public Task<SyncResult<T>> ReadAsync(CancellationToken cancellationToken) => ReadAsync(null, null, null, cancellationToken);

    /// <summary>Takes part without giving anything, and waits for all hosts.</summary>
    /// <param name="timeout">How long this call waits; null for the constructor's. Zero is judged once, after arriving.</param>
    /// <param name="sessionId">The session of this call; null for the constructor's.</param>
    /// <param name="from">Whose values are wanted; null for everybody's. The call waits for all hosts in either case.</param>
    /// <param name="cancellationToken">Ends the own wait; that this member took part stays.</param>
    /// <returns>What the others gave, by member. This member stands in <see cref="SyncResult{T}.WithoutData"/>.</returns>
    /// <exception cref="ArgumentException">The session id is empty, or <paramref name="from"/> names somebody who is not among the hosts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member waits in this session already.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all took part in time.</exception>
    /// <exception cref="SyncException">The round was broken, or its decision was not learned.</exception>
    public Task<SyncResult<T>> ReadAsync(
        TimeSpan? timeout = null,
        string? sessionId = null,
        IEnumerable<string>? from = null,
        CancellationToken cancellationToken = default) => MeetAsync(Call(timeout, sessionId, from), cancellationToken);

    /// <summary>Gives a value, waits for all hosts, and then disposes this object.</summary>
    /// <param name="data">What this member gives.</param>
    /// <param name="timeout">How long this call waits; null for the constructor's. Zero is judged once, after giving.</param>
    /// <param name="sessionId">The session of this call; null for the constructor's.</param>
    /// <param name="cancellationToken">Ends the own wait; what was given stays.</param>
    /// <returns>What the members gave, by member.</returns>
    /// <remarks>The object is disposed in any case. Source: autotest's <c>single_sync</c>. Fails as <see cref="SyncAsync(T, TimeSpan?, string?, IEnumerable{string}?, CancellationToken)"/>.</remarks>
    /// <exception cref="ArgumentException">The data is null, or the session id is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member is not among the hosts (it only serves), or waits in this session already.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all took part in time. What this member gave stays.</exception>
    /// <exception cref="SyncException">The round was broken, or its decision was not learned.</exception>
    public Task<SyncResult<T>> SingleSyncAsync(
        T data, TimeSpan? timeout = null, string? sessionId = null, CancellationToken cancellationToken = default)
    {
        SessionCall call = Call(timeout, sessionId, null);
        return SingleAsync(data, call, cancellationToken);
    }

    /// <summary>Breaks the current, or else the next, round for all hosts at once.</summary>
    /// <param name="reason">Why, in a line; every member's exception shows it.</param>
    /// <param name="sessionId">The session; null for the constructor's.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the abort may be on its way.</param>
    /// <returns>A task that ends when the server has decided.</returns>
    /// <exception cref="ArgumentException">The reason or the session id is empty.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">No server was reached in time.</exception>
    /// <exception cref="SyncException">The server refused, or was lost.</exception>
    public Task AbortAsync(string reason, string? sessionId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return _member.RunAsync(Call(null, sessionId, null) with { Abort = reason }, cancellationToken).AsTask();
    }

    /// <summary>Ends the open calls and lets go of the connection.</summary>
    /// <returns>A task that ends within about two seconds and never fails.</returns>
    /// <remarks>
    /// May be called more than once. In the process that hosts the server it waits, two seconds at most, until the others
    /// have received what was decided; it never waits for anybody to leave.
    /// </remarks>
    public ValueTask DisposeAsync() => _isOfGroup ? ValueTask.CompletedTask : _member.DisposeAsync();

    private SessionCall Call(TimeSpan? timeout, string? sessionId, IEnumerable<string>? from)
    {
        SyncLimits limits = _member.Options.Limits;
        string session = sessionId is null ? _sessionId : NameArgument.Check(sessionId, "session id", nameof(sessionId), limits.MaxNameBytes);
        TimeSpan wait = TimeoutArgument.Check(timeout, nameof(timeout)) ?? _timeout;
        EnterFlags observe = _hosts.Count == 0 ? EnterFlags.WholeGroup : _hosts.Contains(_member.Self.Text) ? EnterFlags.None : EnterFlags.Observe;
        return new SessionCall
        {
            Session = new SessionKey(SessionKind.Data, session),
            Roster = _hosts,
            Master = _master,
            Timeout = wait == Timeout.InfiniteTimeSpan ? null : wait,
            Flags = observe | _member.Flags,
            From = from is null ? null : FromOf(from, limits),
        };
    }

    private Roster FromOf(IEnumerable<string> from, SyncLimits limits) => _hosts.Count == 0
        ? RosterArgument.Members(from, nameof(from), limits)
        : RosterArgument.From(_hosts, from, nameof(from), limits);

    private async Task<SyncResult<T>> SingleAsync(T data, SessionCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await GiveAsync(data, call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<SyncResult<T>> GiveAsync(T data, SessionCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (call.Flags.HasFlag(EnterFlags.Observe))
        {
            throw new InvalidOperationException(
                $"{_member.Self.Text} is not among the hosts ({_hosts}) and has nothing to give: the master that only serves calls SyncAsync() or ReadAsync().");
        }
        var context = new CallContext(_member.Self.Text, call.Session, Master: _master);
        ReadOnlyMemory<byte> bytes = ResultMapper.Write(context, data, _payloads);
        return MeetAsync(call with { Data = bytes, Contract = _payloads.Contract }, cancellationToken);
    }

    private async Task<SyncResult<T>> MeetAsync(SessionCall call, CancellationToken cancellationToken)
    {
        if (_hosts.Count == 1 && _hosts.Contains(_member.Self.Text)) return MeetAlone(call, cancellationToken);
        SyncResult<T> result = null!;
        SessionCall reading = call with { Read = (released, context) => result = ResultMapper.Data(context, released, call.From ?? _hosts, _payloads) };
        await _member.RunAsync(reading, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>An exchange with nobody else needs no server.</summary>
    private SyncResult<T> MeetAlone(SessionCall call, CancellationToken cancellationToken)
    {
        _member.ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        string self = _member.Self.Text;
        long generation = _meetingsAlone.AddOrUpdate(call.Session.Name, 1, static (_, last) => last + 1);
        var context = new CallContext(self, call.Session, generation, Master: _master);
        var released = new Released(1, null, [new ArrivalFact(self, TimeSpan.Zero)], [new Contribution(self, call.Data, call.Contract)], []);
        SyncResult<T> result = ResultMapper.Data(context, released, call.From ?? _hosts, _payloads);
        _member.RecordAlone(call, generation, released);
        return result;
    }
}
