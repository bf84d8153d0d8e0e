using Sync.Net.Arguments;
using Sync.Net.Objects;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

/// <summary>A member's place in a group: join once, and use messages, barriers, counts, exchanges and states.</summary>
/// <remarks>
/// <para>
/// A group is closed (<see cref="SyncOptions.Roster"/>, or seats by <see cref="SyncOptions.Roles"/>) or open. Closed groups refuse strangers, know
/// who is missing, and end a wait at once when it can no longer be met. In open ones nothing can wait for <em>all</em>.
/// </para>
/// <para>
/// Guarantees: a wait returns normally only when it was met. Every failure is an exception that says who was missing, when each was last
/// seen, and why. What a member has sent or set stays for the group's life, whatever becomes of the member; the server keeps it in
/// memory.
/// </para>
/// <para>
/// A timeout's clock starts at the call; null is <see cref="SyncOptions.Timeout"/>, or else for ever. Cancelling and timeouts end the own wait only,
/// but for barriers. Disposing leaves the group in good order: who waits for this member then is told that it left. When the test
/// has failed use <see cref="FailAsync"/>, or run it by <see cref="RunAsync"/>, which does.
/// </para>
/// <para>All members are safe to call from several threads at once. Source of the semantics: LAVA MultiNode, Emulab, Avocado, Restraint.</para>
/// </remarks>
public sealed partial class SyncGroup : IAsyncDisposable
{
    private readonly MemberCalls _calls;
    private readonly GroupView _view;
    private readonly string _master;
    private readonly Roster? _roster;
    private readonly CancellationTokenSource _lost = new();
    private bool _watches;

    /// <summary>The declaration of the group.</summary>
    private Task _joining = Task.CompletedTask;

    private SyncGroup(MemberCalls calls, string master)
    {
        _calls = calls;
        _master = master;
        _roster = GroupDeclaration.RosterOf(calls.Options);
        _view = new GroupView(calls.Options);
    }

    /// <summary>The group's name.</summary>
    public string Name => _calls.Options.Group;

    /// <summary>This member's id.</summary>
    public string Self => _calls.Self.Text;

    /// <summary>This member's role; null if it has none.</summary>
    public string? Role => _calls.Options.Role;

    /// <summary>The members that are declared or have come, in ordinal order, with what the server last told of each.</summary>
    /// <remarks>
    /// Told as it happens, but for when each was last seen. Of groups above 4,096 members only what is declared is shown. A command
    /// (<see cref="SyncOptions.IsCommand"/>) is told from the first time on that it asks; <see cref="GetStatusAsync"/> waits for the server's word.
    /// </remarks>
    public IReadOnlyList<GroupMember> Members
    {
        get
        {
            WatchOnce();
            return _view.All;
        }
    }

    /// <summary>The roles that are declared or have come, in ordinal order.</summary>
    public IReadOnlyList<string> Roles =>
    [
        .. GroupDeclaration.RolesOf(_calls.Options).Concat(Members.Select(static member => member.Role).OfType<string>())
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>Cancelled when the server is lost, or does not have this member any more: every later call fails.</summary>
    /// <remarks>Not by a network that breaks for less than the reconnect window, nor by leaving.</remarks>
    public CancellationToken ConnectionLost
    {
        get
        {
            WatchOnce();
            return _lost.Token;
        }
    }

    internal SyncLimits Limits => _calls.Options.Limits;

    /// <summary>Waits until all declared members have joined.</summary>
    /// <param name="timeout">How long; null for the options'. Zero is judged once.</param>
    /// <param name="cancellationToken">Ends the own wait.</param>
    /// <returns>A task that ends when all are there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all came in time; the text names who is missing.</exception>
    /// <exception cref="SyncException">A declared member is lost, left or failed; the group is open; or the server was lost.</exception>
    public Task WaitForMembersAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        CallAsync(GroupCall(new Ask(Act.WaitForMembers), timeout), cancellationToken);

    /// <inheritdoc cref="WaitForMembersAsync(TimeSpan?, CancellationToken)"/>
    public Task WaitForMembersAsync(CancellationToken cancellationToken) => WaitForMembersAsync(null, cancellationToken);

    /// <summary>Tells the group that this member has failed: whoever waits for it, now or later, fails at once with this reason.</summary>
    /// <param name="reason">Why, in a line; the others' exceptions show it.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the failure may be on its way.</param>
    /// <returns>A task that ends when the server knows.</returns>
    /// <remarks>
    /// This member's own calls fail from then on, too. What it has sent before stays. If its role is essential, the group is over. A new start of
    /// the member clears the failure.
    /// </remarks>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncException">The server was lost.</exception>
    public Task FailAsync(string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return CallAsync(GroupCall(new Ask(Act.Fail, Text: OneLine.Of(reason)), null), cancellationToken);
    }

    /// <summary>Asks what is open in the group.</summary>
    /// <param name="session">Only waits in sessions of this name; null for all.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word.</param>
    /// <returns>Who is there, and who waits where, since when, and for whom.</returns>
    /// <exception cref="ArgumentException">The name is not usable.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncException">The server was lost.</exception>
    public async Task<GroupStatus> GetStatusAsync(string? session = null, CancellationToken cancellationToken = default)
    {
        if (session is not null) NameArgument.Check(session, "session", nameof(session), Limits.MaxNameBytes);
        (Outcome outcome, _) = await CallForOutcomeAsync(GroupCall(new Ask(Act.Status, Text: session), null), cancellationToken).ConfigureAwait(false);
        return ResultMapper.Status((Overview)outcome);
    }

    /// <summary>Ends every wait that is open in the group, for all members, with this reason.</summary>
    /// <param name="reason">Why, in a line; every exception shows it.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the abort may be on its way.</param>
    /// <returns>A task that ends when the server has done it.</returns>
    /// <remarks>Later calls are not touched. One barrier or exchange is aborted by its own <c>AbortAsync</c>.</remarks>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncException">The server was lost.</exception>
    public Task AbortAsync(string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return CallAsync(GroupCall(new Ask(Act.AbortAll, Text: OneLine.Of(reason)), null), cancellationToken);
    }

    /// <summary>Leaves the group for good and in good order: who waits for this member is told that it left.</summary>
    /// <param name="cancellationToken">Stops waiting until the others have received what was decided; this member has left then, too.</param>
    /// <returns>A task that ends within about two seconds.</returns>
    /// <remarks>
    /// Open calls of this member end with <see cref="ObjectDisposedException"/>. In the process that hosts the server it waits, two seconds at most,
    /// until the others have received what was decided; it never waits for anybody to leave. May be called more than once.
    /// </remarks>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    public Task LeaveAsync(CancellationToken cancellationToken = default) => _calls.LeaveAsync().AsTask().WaitAsync(cancellationToken);

    /// <summary>Leaves, as <see cref="LeaveAsync"/> does; a command (<see cref="SyncOptions.IsCommand"/>) only ends, and its member stays.</summary>
    /// <returns>A task that ends within about two seconds and never fails.</returns>
    public ValueTask DisposeAsync() => _calls.Options.IsCommand ? _calls.DisposeAsync() : _calls.LeaveAsync();

    /// <summary>Ends as the death of a process does, for tests.</summary>
    internal ValueTask KillAsync() => _calls.LeaveAsync(isKilled: true);

    /// <summary>Runs a call in a session whose public object is not this one.</summary>
    internal Task<(Released Released, CallContext Context)> RunInAsync(
        SessionKey session, Ask ask, Roster? members, TimeSpan? timeout, CancellationToken cancellationToken) =>
        CallAsync(NewCall(session, ask, timeout, members), cancellationToken);

    private SessionCall GroupCall(Ask ask, TimeSpan? timeout, Roster? roster = null) =>
        NewCall(new SessionKey(SessionKind.Group, Name), ask, timeout, roster);

    private SessionCall NewCall(SessionKey session, Ask? ask, TimeSpan? timeout, Roster? roster = null, EnterFlags flags = EnterFlags.None)
    {
        TimeSpan wait = TimeoutArgument.Check(timeout, nameof(timeout)) ?? _calls.Options.Timeout ?? Timeout.InfiniteTimeSpan;
        return new SessionCall
        {
            Session = session,
            Roster = roster ?? Roster.Empty,
            Master = _master,
            Timeout = wait == Timeout.InfiniteTimeSpan ? null : wait,
            Flags = flags | _calls.Flags,
            Ask = ask,
        };
    }

    private async Task<(Released Released, CallContext Context)> CallAsync(SessionCall call, CancellationToken cancellationToken)
    {
        (Outcome outcome, CallContext context) = await CallForOutcomeAsync(call, cancellationToken).ConfigureAwait(false);
        return ((Released)outcome, context);
    }

    private async Task<(Outcome Outcome, CallContext Context)> CallForOutcomeAsync(SessionCall call, CancellationToken cancellationToken)
    {
        Task joining = _joining;
        if (!joining.IsCompletedSuccessfully) call = call with { Flags = call.Flags | EnterFlags.AfterDeclaration };
        Task<(Outcome Outcome, CallContext Context)?> calling = _calls.RunForOutcomeAsync(call, cancellationToken);
        // Where both fail, the declaration's failure is the reason.
        await joining.ConfigureAwait(false);
        return (await calling.ConfigureAwait(false))!.Value;
    }
}
