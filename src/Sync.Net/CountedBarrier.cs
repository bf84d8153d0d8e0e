using Sync.Net.Arguments;
using Sync.Net.Objects;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

/// <summary>A barrier that as many members meet at as were counted, whoever they are.</summary>
/// <remarks>
/// <para>
/// Two forms, of which one meeting uses one. Avocado's: each caller says how many meet, <see cref="WaitAsync(int?, int, TimeSpan?, CancellationToken)"/>
/// with <c>participants</c>; a caller that says another number breaks it for all. Emulab's: an initialiser says how many others are to wait,
/// <see cref="InitializeAsync(int, int, TimeSpan?, CancellationToken)"/>, and waits with them; the others wait without a number. They may come first, several
/// initialisers add up, and at a sum of exactly 0 all go on. The name is free again then.
/// </para>
/// <para>
/// Guarantees: nobody is released before the count is right. A waiter that dies, times out or cancels is taken back, and the count is judged
/// again. A bare count can't tell a stray from an early waiter: look at <see cref="CountedResult.Counted"/>, or initialise with the members' ids.
/// </para>
/// <para>Source of the semantics: Emulab's <c>emulab-sync</c>; Avocado's multi-host proposal.</para>
/// </remarks>
public sealed class CountedBarrier
{
    private readonly SyncGroup _group;
    private readonly SessionKey _session;

    internal CountedBarrier(SyncGroup group, SessionKey session)
    {
        _group = group;
        _session = session;
    }

    /// <summary>The barrier's name.</summary>
    public string Name => _session.Name;

    /// <inheritdoc cref="WaitAsync(int?, int, TimeSpan?, CancellationToken)"/>
    public Task<CountedResult> WaitAsync(CancellationToken cancellationToken) => WaitAsync(null, 0, null, cancellationToken);

    /// <inheritdoc cref="WaitAsync(int?, int, TimeSpan?, CancellationToken)"/>
    public Task<CountedResult> WaitAsync(int participants, CancellationToken cancellationToken) => WaitAsync(participants, 0, null, cancellationToken);

    /// <summary>Waits to be counted.</summary>
    /// <param name="participants">How many members meet, this one included, where each of them says so; null to be counted by an initialiser.</param>
    /// <param name="code">A code to report, 0 or more; all get the largest one.</param>
    /// <param name="timeout">How long; null for the group's. Zero is judged once, after arriving.</param>
    /// <param name="cancellationToken">Takes this member out of the count; harms nobody.</param>
    /// <returns>Who was counted, and the largest code.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The participants are less than 1, the code or the timeout is negative.</exception>
    /// <exception cref="InvalidOperationException">This member waits here already.</exception>
    /// <exception cref="ObjectDisposedException">This member has left the group.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">The count was not right in time. The others wait on.</exception>
    /// <exception cref="SyncException">
    /// Somebody said another number, or mixed the two forms; this member is not one of those that the initialiser named; an operator cleared the barrier;
    /// a named member was lost; or the server was.
    /// </exception>
    public Task<CountedResult> WaitAsync(
        int? participants = null, int code = 0, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        if (participants is { } count) ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(participants));
        return MeetAsync(new Ask(Act.Wait, participants ?? 0, Checked(code)), null, timeout, cancellationToken);
    }

    /// <inheritdoc cref="InitializeAsync(int, int, TimeSpan?, CancellationToken)"/>
    public Task<CountedResult> InitializeAsync(int count, CancellationToken cancellationToken) => InitializeAsync(count, 0, null, cancellationToken);

    /// <summary>Says how many others are to wait, and waits with them.</summary>
    /// <param name="count">How many, without this member; 1 or more. Several initialisers add up.</param>
    /// <param name="code">A code to report, 0 or more; all get the largest one.</param>
    /// <param name="timeout">How long; null for the group's. Zero is judged once.</param>
    /// <param name="cancellationToken">Takes the count back; harms nobody.</param>
    /// <returns>Who was counted, and the largest code.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1, the code or the timeout is negative.</exception>
    /// <exception cref="InvalidOperationException">This member waits here already.</exception>
    /// <exception cref="ObjectDisposedException">This member has left the group.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">The count was not right in time. The others wait on, without this member's count.</exception>
    /// <exception cref="SyncException">Somebody uses participants here; an operator cleared the barrier; or the server was lost.</exception>
    public Task<CountedResult> InitializeAsync(int count, int code = 0, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return MeetAsync(new Ask(Act.Initialize, count, Checked(code)), null, timeout, cancellationToken);
    }

    /// <inheritdoc cref="InitializeAsync(IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<CountedResult> InitializeAsync(IEnumerable<string> members, CancellationToken cancellationToken) =>
        InitializeAsync(members, null, cancellationToken);

    /// <summary>Says who is to wait, and waits with them: anybody else is refused.</summary>
    /// <param name="members">The waiters' ids, without this member's.</param>
    /// <param name="timeout">How long; null for the group's. Zero is judged once.</param>
    /// <param name="cancellationToken">Takes the count back; harms nobody.</param>
    /// <returns>Who was counted, and the largest code.</returns>
    /// <exception cref="ArgumentException">The list is empty, holds this member, an id twice or an unusable one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member waits here already.</exception>
    /// <exception cref="ObjectDisposedException">This member has left the group.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all of them came in time; the text names who is missing.</exception>
    /// <exception cref="SyncException">A named member is lost, left or failed; somebody uses this barrier in another way; or the server was lost.</exception>
    public Task<CountedResult> InitializeAsync(
        IEnumerable<string> members, TimeSpan? timeout, CancellationToken cancellationToken) =>
        MeetAsync(new Ask(Act.Initialize), Named(members), timeout, cancellationToken);

    /// <inheritdoc cref="AddAsync(int, int, TimeSpan?, CancellationToken)"/>
    public Task AddAsync(int count, CancellationToken cancellationToken) => AddAsync(count, 0, null, cancellationToken);

    /// <summary>Says how many others are to wait, without waiting.</summary>
    /// <param name="count">How many; 1 or more.</param>
    /// <param name="code">A code to report, 0 or more.</param>
    /// <param name="timeout">How long to try to reach the server; null for the group's.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the count may be on its way.</param>
    /// <returns>A task that ends when the server has it. The count stays until it is used or cleared, whatever becomes of this member.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1, the code or the timeout is negative.</exception>
    /// <exception cref="ObjectDisposedException">This member has left the group.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">No server was reached in time.</exception>
    /// <exception cref="SyncException">Somebody uses participants here; or the server was lost.</exception>
    public Task AddAsync(int count, int code = 0, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _group.RunInAsync(_session, new Ask(Act.Add, count, Checked(code)), null, timeout, cancellationToken);
    }

    /// <summary>Ends all waits of this barrier with <see cref="SyncFailureKind.Cleared"/>, and forgets what was counted.</summary>
    /// <param name="cancellationToken">Stops waiting for the server's word.</param>
    /// <returns>A task that ends when the server has done it.</returns>
    /// <exception cref="ObjectDisposedException">This member has left the group.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncException">The server was lost.</exception>
    public Task ClearAsync(CancellationToken cancellationToken = default) =>
        _group.RunInAsync(_session, new Ask(Act.Clear), null, null, cancellationToken);

    private static int Checked(int code)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(code);
        return code;
    }

    private Roster Named(IEnumerable<string> members)
    {
        Roster named = RosterArgument.Members(members, nameof(members), _group.Limits);
        return !named.Contains(_group.Self) ? named : throw new ArgumentException(
            $"The list holds this member, '{_group.Self}': name the others; the initialiser waits with them and is not counted.", nameof(members));
    }

    private async Task<CountedResult> MeetAsync(Ask ask, Roster? members, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        (Released released, CallContext context) =
            await _group.RunInAsync(_session, ask, members, timeout, cancellationToken).ConfigureAwait(false);
        return ResultMapper.Count(context, released);
    }
}
