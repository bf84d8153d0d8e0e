using Sync.Net.Arguments;
using Sync.Net.Objects;

using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

/// <summary>A meeting point: every member of a roster arrives, and then all go on together.</summary>
/// <remarks>
/// <para>
/// All members pass the same roster and the same tag. The first of the roster in ordinal order is the master; its
/// process hosts the server, unless a server is given or <see cref="SyncOptions.Endpoint"/> names one. Who comes before the
/// master tries again until its deadline.
/// </para>
/// <para>
/// Guarantees: a rendezvous returns normally only when every member of the roster has arrived; one decision is taken for all;
/// every failure is an exception that says who was missing, when each was last seen, and why. One generation (one
/// meeting under a tag) ends the same way for everybody: a timeout, a death, an orderly leave or an abort of one
/// member breaks it for all at once. The same tag again is the next generation.
/// </para>
/// <para>
/// A timeout's clock starts at the call. Cancelling withdraws the arrival and harms nobody: the member may arrive again in
/// the same generation. Disposing ends the open calls with <see cref="ObjectDisposedException"/> and leaves the member
/// absent, as before its first call: the others go on waiting for it.
/// </para>
/// <para>
/// A rendezvous in a <c>finally</c> block that throws hides the exception that led there; abort the barrier instead
/// when the test has failed.
/// </para>
/// <para>All members are safe to call from several threads at once. Source of the semantics: autotest's <c>barrier</c>.</para>
/// </remarks>
public sealed class Barrier : IAsyncDisposable
{
    private readonly MemberCalls _member;

    /// <summary>The master of the group that the barrier belongs to, and whose connection it uses; null for a stand-alone one.</summary>
    private readonly string? _groupMaster;
    private readonly SessionKey _session;
    private readonly TimeSpan? _timeout;

    /// <summary>The constructor's roster, or the one last given to a call.</summary>
    private Roster? _roster;
    private (string Master, Direction Direction)? _lastMeeting;
    private long _meetingsAlone;

    /// <summary>Describes this member's side of a barrier; nothing is opened before the first call.</summary>
    /// <param name="hostId">
    /// This member's id, <c>host</c> or <c>host#tag</c>, so that several members can live on one host. The text before the first
    /// <c>#</c> is the address under which the others reach it.
    /// </param>
    /// <param name="tag">The name of the meeting. Another tag is another meeting.</param>
    /// <param name="timeout">How long each call waits; null for <see cref="SyncOptions.Timeout"/>. Zero is judged once, after arriving.</param>
    /// <param name="roster">The ids of all members, this one included, in any order. May be given to each call instead.</param>
    /// <param name="options">How to connect; null for the defaults. Copied: later changes have no effect here.</param>
    /// <param name="server">A server of this process to take part in. It is shared and is not disposed with the barrier.</param>
    /// <exception cref="ArgumentException">
    /// The id, the tag, the roster or an option is not usable; the text says what to write instead.
    /// </exception>
    public Barrier(
        string hostId,
        string tag,
        TimeSpan? timeout = null,
        IEnumerable<string>? roster = null,
        SyncOptions? options = null,
        SyncServer? server = null)
    {
        SyncOptions own = SyncOptions.Snapshot(options);
        MemberId self = MemberId.Parse(hostId, nameof(hostId), own.Limits.MaxNameBytes);
        _session = new SessionKey(SessionKind.Barrier, NameArgument.Check(tag, "tag", nameof(tag), own.Limits.MaxNameBytes));
        _timeout = TimeoutArgument.Check(timeout, nameof(timeout)) ?? own.Timeout;
        _roster = roster is null ? null : RosterArgument.ForBarrier(hostId, roster, nameof(roster), own.Limits);
        _member = new MemberCalls(typeof(Barrier), self, own, server);
    }

    internal Barrier(MemberCalls group, string master, string name, Roster roster)
    {
        _member = group;
        _groupMaster = master;
        _session = new SessionKey(SessionKind.Barrier, NameArgument.Check(name, "name", nameof(name), group.Options.Limits.MaxNameBytes));
        _timeout = group.Options.Timeout;
        _roster = roster;
    }

    /// <summary>Arrives, and waits for all members of the constructor's roster.</summary>
    /// <returns>Who met, in which order, and how long it took.</returns>
    /// <remarks>As <see cref="RendezvousAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>.</remarks>
    /// <exception cref="InvalidOperationException">The barrier was made without a roster.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, before the call or during it.</exception>
    /// <exception cref="SyncTimeoutException">Not all arrived in time.</exception>
    /// <exception cref="SyncException">The meeting was broken, or its decision was not learned.</exception>
    public Task<RendezvousResult> RendezvousAsync() => MeetAsync(KnownRoster(), _timeout, CancellationToken.None);

    /// <inheritdoc cref="RendezvousAsync()"/>
    /// <param name="cancellationToken">Withdraws the arrival; harms nobody.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    public Task<RendezvousResult> RendezvousAsync(CancellationToken cancellationToken) =>
        MeetAsync(KnownRoster(), _timeout, cancellationToken);

    /// <inheritdoc cref="RendezvousAsync(CancellationToken)"/>
    /// <param name="timeout">How long this call waits. Zero is judged once, after arriving.</param>
    /// <param name="cancellationToken">Withdraws the arrival; harms nobody.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Task<RendezvousResult> RendezvousAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        MeetAsync(KnownRoster(), TimeoutArgument.Check(timeout, nameof(timeout)), cancellationToken);

    /// <inheritdoc cref="RendezvousAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<RendezvousResult> RendezvousAsync(params string[] roster) =>
        MeetAsync(RosterOf(roster), _timeout, CancellationToken.None);

    /// <inheritdoc cref="RendezvousAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<RendezvousResult> RendezvousAsync(IEnumerable<string> roster, CancellationToken cancellationToken) =>
        MeetAsync(RosterOf(roster), _timeout, cancellationToken);

    /// <summary>Arrives, and waits for all members of a roster.</summary>
    /// <param name="roster">The ids of all members, this one included, in any order; a roster of just this member returns at once.</param>
    /// <param name="timeout">How long this call waits; null for the constructor's. Zero is judged once, after arriving.</param>
    /// <param name="cancellationToken">Withdraws the arrival; harms nobody.</param>
    /// <returns>Who met, in which order, and how long it took.</returns>
    /// <remarks>
    /// Returns only if all members arrived. A failure is the same for all members of the generation. It comes as soon as
    /// the meeting can no longer take place, not at the timeout; the timeout is never early and at most a second late.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The roster is empty, lacks this member, holds an id twice or an unusable one, or is one joined string.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member waits in this tag already.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all arrived in time. The others get the same.</exception>
    /// <exception cref="SyncException">
    /// A member was lost, left, aborted or brought another roster; the server refused this member; or the server was lost
    /// before its decision was learned (<see cref="SyncFailure.Undecided"/>: others may have passed).
    /// </exception>
    public Task<RendezvousResult> RendezvousAsync(
        IEnumerable<string> roster, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        MeetAsync(RosterOf(roster), TimeoutArgument.Check(timeout, nameof(timeout)) ?? _timeout, cancellationToken);

    /// <summary>Arrives, and waits for the constructor's roster, but withdraws quietly at the timeout.</summary>
    /// <returns>
    /// True if all met; false if the timeout came first. False is logged as a warning, and the caller must look at it: the
    /// others have not passed.
    /// </returns>
    /// <remarks>As <see cref="TryRendezvousAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>.</remarks>
    /// <exception cref="InvalidOperationException">The barrier was made without a roster.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, before the call or during it.</exception>
    /// <exception cref="SyncException">The meeting was broken, or its decision was not learned.</exception>
    public Task<bool> TryRendezvousAsync() => TryAsync(KnownRoster(), _timeout, CancellationToken.None);

    /// <inheritdoc cref="TryRendezvousAsync()"/>
    /// <param name="cancellationToken">Withdraws the arrival; harms nobody.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    public Task<bool> TryRendezvousAsync(CancellationToken cancellationToken) =>
        TryAsync(KnownRoster(), _timeout, cancellationToken);

    /// <inheritdoc cref="TryRendezvousAsync(CancellationToken)"/>
    /// <param name="timeout">How long this call waits. Zero is judged once, after arriving.</param>
    /// <param name="cancellationToken">Withdraws the arrival; harms nobody.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Task<bool> TryRendezvousAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        TryAsync(KnownRoster(), TimeoutArgument.Check(timeout, nameof(timeout)), cancellationToken);

    /// <inheritdoc cref="TryRendezvousAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<bool> TryRendezvousAsync(params string[] roster) => TryAsync(RosterOf(roster), _timeout, CancellationToken.None);

    /// <inheritdoc cref="TryRendezvousAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<bool> TryRendezvousAsync(IEnumerable<string> roster, CancellationToken cancellationToken) =>
        TryAsync(RosterOf(roster), _timeout, cancellationToken);

    /// <summary>Arrives, and waits for all members of a roster, but withdraws quietly at the timeout.</summary>
    /// <param name="roster">The ids of all members, this one included, in any order.</param>
    /// <param name="timeout">How long this call waits; null for the constructor's. Zero is judged once, after arriving.</param>
    /// <param name="cancellationToken">Withdraws the arrival; harms nobody.</param>
    /// <returns>
    /// True if all met; false if the timeout came first. False is logged as a warning, and the caller must look at it: the
    /// others have not passed.
    /// </returns>
    /// <remarks>
    /// Only the timeout is quiet, and it breaks nothing: the others wait on, and this member may arrive again. Whatever
    /// breaks the meeting for all is thrown as ever.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The roster is empty, lacks this member, holds an id twice or an unusable one, or is one joined string.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member waits in this tag already.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Another member's timeout broke the meeting for all.</exception>
    /// <exception cref="SyncException">The meeting was broken, or its decision was not learned.</exception>
    public Task<bool> TryRendezvousAsync(
        IEnumerable<string> roster, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        TryAsync(RosterOf(roster), TimeoutArgument.Check(timeout, nameof(timeout)) ?? _timeout, cancellationToken);

    /// <inheritdoc cref="RendezvousServersAsync(string, IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<RendezvousResult> RendezvousServersAsync(string master, params string[] members) =>
        RendezvousServersAsync(master, members, null, CancellationToken.None);

    /// <inheritdoc cref="RendezvousServersAsync(string, IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<RendezvousResult> RendezvousServersAsync(
        string master, IEnumerable<string> members, CancellationToken cancellationToken) =>
        RendezvousServersAsync(master, members, null, cancellationToken);

    /// <summary>Meets with a named master that calls its members, for hosts that can accept connections but not open them.</summary>
    /// <param name="master">The id of the member that decides. It need not be an address that resolves.</param>
    /// <param name="members">
    /// On the master: all the others, each <c>host</c>, <c>host:port</c> or an id of <see cref="SyncOptions.Endpoints"/>. On a
    /// member: at least itself; the master knows the rest.
    /// </param>
    /// <param name="timeout">How long this call waits; null for the constructor's. Zero is judged once, after arriving.</param>
    /// <param name="cancellationToken">Withdraws the arrival; harms nobody.</param>
    /// <returns>Who met, in which order, and how long it took.</returns>
    /// <remarks>
    /// Only the direction of the connections is turned round: each member listens, the master dials them all at once, takes part, and
    /// decides. Everything else is as in <see cref="RendezvousAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>. Source:
    /// autotest's <c>rendezvous_servers</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">An id is unusable or stands twice, or this member is neither master nor listed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member waits in this tag already.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the decision; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all arrived in time. The others get the same.</exception>
    /// <exception cref="SyncException">The meeting was broken, or its decision was not learned.</exception>
    public Task<RendezvousResult> RendezvousServersAsync(
        string master,
        IEnumerable<string> members,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        if (_groupMaster is not null)
        {
            throw new InvalidOperationException(
                "A barrier of a group meets over the group's connection: use RendezvousAsync, or a stand-alone Barrier for a master that dials.");
        }
        MemberId named = MemberId.Parse(master, nameof(master), _member.Options.Limits.MaxNameBytes);
        Roster roster = RosterArgument.ForServers(_member.Self.Text, named.Text, members, nameof(members), _member.Options.Limits);
        _lastMeeting = (named.Text, Direction.FromMaster);
        _roster = roster;
        return MeetAsync(Call(roster, TimeoutArgument.Check(timeout, nameof(timeout)) ?? _timeout), cancellationToken);
    }

    /// <summary>Breaks the current, or else the next, generation for all members at once.</summary>
    /// <param name="reason">Why, in a line; every member's exception shows it.</param>
    /// <param name="roster">The ids of all members; null for the constructor's.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the abort may be on its way.</param>
    /// <returns>A task that ends when the server has decided.</returns>
    /// <remarks>Those who wait, and those who come later to this generation, get <see cref="SyncFailureKind.Aborted"/>. Source: autotest's <c>abort</c>.</remarks>
    /// <exception cref="ArgumentException">The reason is empty, or the roster is not usable.</exception>
    /// <exception cref="InvalidOperationException">There is no roster, neither here nor in the constructor.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">No server was reached in time.</exception>
    /// <exception cref="SyncException">The server refused, or was lost.</exception>
    public Task AbortAsync(
        string reason, IEnumerable<string>? roster = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Roster all = roster is null ? KnownRoster() : RosterOf(roster);
        return _member.RunAsync(Call(all, _timeout) with { Abort = reason }, cancellationToken).AsTask();
    }

    /// <summary>Ends the open calls and lets go of the connection.</summary>
    /// <returns>A task that ends within about two seconds and never fails.</returns>
    /// <remarks>
    /// May be called more than once. In the process that hosts the server it waits, two seconds at most, until the others
    /// have received what was decided; it never waits for anybody to leave.
    /// </remarks>
    public ValueTask DisposeAsync() => _groupMaster is null ? _member.DisposeAsync() : ValueTask.CompletedTask;

    private Roster KnownRoster() => _roster ?? throw new InvalidOperationException(
        $"The barrier '{_session.Name}' has no roster: give it to the constructor, or to a call.");

    private Roster RosterOf(IEnumerable<string> roster)
    {
        Roster all = RosterArgument.ForBarrier(_member.Self.Text, roster, nameof(roster), _member.Options.Limits);
        _lastMeeting = null;
        return _roster = all;
    }

    private Task<RendezvousResult> MeetAsync(Roster roster, TimeSpan? timeout, CancellationToken cancellationToken) =>
        MeetAsync(Call(roster, timeout), cancellationToken);

    private async Task<RendezvousResult> MeetAsync(SessionCall call, CancellationToken cancellationToken)
    {
        if (call.Roster.Count == 1) return MeetAlone(call, cancellationToken);
        (Released released, CallContext context) = (await _member.RunAsync(call, cancellationToken).ConfigureAwait(false))!.Value;
        return ResultMapper.Meeting(context, released);
    }

    private async Task<bool> TryAsync(Roster roster, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        SessionCall call = Call(roster, timeout) with { Quiet = true };
        if (call.Roster.Count == 1) return MeetAlone(call, cancellationToken).Count == 1;
        bool met = await _member.RunAsync(call, cancellationToken).ConfigureAwait(false) is not null;
        if (!met) Log.TriedInVain(_member.Logger, _member.Self.Text, _session.Name);
        return met;
    }

    /// <summary>A roster of just this member needs no server.</summary>
    private RendezvousResult MeetAlone(SessionCall call, CancellationToken cancellationToken)
    {
        _member.ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        string self = _member.Self.Text;
        var context = new CallContext(self, call.Session, Interlocked.Increment(ref _meetingsAlone), Master: self);
        var released = new Released(1, null, [new ArrivalFact(self, TimeSpan.Zero)], null, []);
        _member.RecordAlone(call, context.Generation, released);
        return ResultMapper.Meeting(context, released);
    }

    private SessionCall Call(Roster roster, TimeSpan? timeout)
    {
        (string master, Direction direction) = _lastMeeting ?? (_groupMaster ?? _member.Options.Master ?? roster.First, Direction.ToMaster);
        EnterFlags partial = direction == Direction.FromMaster && _member.Self.Text != master ? EnterFlags.PartialRoster : EnterFlags.None;
        return new SessionCall
        {
            Session = _session,
            Roster = roster,
            Master = master,
            Direction = direction,
            Timeout = timeout == Timeout.InfiniteTimeSpan ? null : timeout,
            Flags = partial | (roster.Count == 0 ? EnterFlags.WholeGroup : EnterFlags.None) | _member.Flags,
        };
    }
}
