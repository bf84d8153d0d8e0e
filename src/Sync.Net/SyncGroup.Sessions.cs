using Sync.Net.Arguments;
using Sync.Net.Wire;

namespace Sync.Net;

// Barriers, exchanges, counts and states.
public sealed partial class SyncGroup
{
    /// <summary>The states of all members are one session.</summary>
    private static readonly SessionKey States = new(SessionKind.State, "states");

    /// <summary>A barrier of this group.</summary>
    /// <param name="name">The name of the meeting.</param>
    /// <param name="roster">Who meets; null for all members of the group, which must be closed then.</param>
    /// <returns>The barrier, over this group's connection. Disposing it has no effect.</returns>
    /// <exception cref="ArgumentException">The name or the roster is not usable.</exception>
    /// <exception cref="InvalidOperationException">The group is open and no roster is given.</exception>
    public Barrier Barrier(string name, IEnumerable<string>? roster = null) =>
        new(_calls, _master, name, RosterFor(roster, nameof(roster)));

    /// <summary>An exchange of data in this group.</summary>
    /// <typeparam name="T">What is exchanged, see <see cref="SyncData{T}"/>.</typeparam>
    /// <param name="sessionId">The name of the exchange.</param>
    /// <param name="roster">Who takes part; null for all members of the group, which must be closed then.</param>
    /// <returns>The exchange, over this group's connection. Disposing it has no effect.</returns>
    /// <exception cref="ArgumentException">The session id or the roster is not usable.</exception>
    /// <exception cref="InvalidOperationException">The group is open and no roster is given.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> needs code made at run time, which this program does not allow.</exception>
    public SyncData<T> Data<T>(string sessionId, IEnumerable<string>? roster = null)
        where T : notnull => new(_calls, _master, sessionId, RosterFor(roster, nameof(roster)));

    /// <summary>A counted barrier of this group.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The barrier. It holds nothing that would have to be disposed.</returns>
    /// <exception cref="ArgumentException">The name is not usable.</exception>
    public CountedBarrier CountedBarrier(string name = "barrier") =>
        new(this, new SessionKey(SessionKind.Count, NameArgument.Check(name, "name", nameof(name), Limits.MaxNameBytes)));

    /// <summary>Reaches a state, which this member keeps for the group's life, also over a new start.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the state may be on its way.</param>
    /// <returns>A task that ends when the server has it.</returns>
    /// <remarks>Source: Restraint's <c>rstrnt-sync-set</c>.</remarks>
    /// <exception cref="ArgumentException">The state is not usable.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncException">The server refused, or was lost.</exception>
    public Task SetStateAsync(string state, CancellationToken cancellationToken = default)
    {
        NameArgument.Check(state, "state", nameof(state), Limits.MaxNameBytes);
        return CallAsync(NewCall(States, new Ask(Act.SetState, Text: state), null), cancellationToken);
    }

    /// <inheritdoc cref="WaitForStatesAsync(IEnumerable{string}, IEnumerable{string}, StateMatch, TimeSpan?, CancellationToken)"/>
    public Task WaitForStatesAsync(IEnumerable<string> states, IEnumerable<string> members, CancellationToken cancellationToken) =>
        WaitForStatesAsync(states, members, StateMatch.All, null, cancellationToken);

    /// <summary>Waits until members have reached states.</summary>
    /// <param name="states">The states, at least one.</param>
    /// <param name="members">Whose; at least one.</param>
    /// <param name="match">Whether each member needs all of the states, or any of them.</param>
    /// <param name="timeout">How long; null for the options'. Zero is judged once.</param>
    /// <param name="cancellationToken">Ends the own wait.</param>
    /// <returns>A task that ends when all of the members are so far.</returns>
    /// <remarks>
    /// States stay: one that was reached before the call counts. A member that is lost before it reached its states ends the wait at once, unless
    /// <see cref="SyncOptions.WaitForReturn"/> is set. Source: Restraint's <c>rstrnt-sync-block</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">A list is empty or holds something unusable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>, or the match is unknown.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all were so far in time; the text names who is missing.</exception>
    /// <exception cref="SyncException">A needed member is lost, left, failed or a stranger, or the server was lost.</exception>
    public Task WaitForStatesAsync(
        IEnumerable<string> states,
        IEnumerable<string> members,
        StateMatch match = StateMatch.All,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(states);
        string[] wanted = [.. states.Distinct(StringComparer.Ordinal)];
        if (wanted.Length == 0) throw new ArgumentException("The list of states is empty: name at least one.", nameof(states));
        if (wanted.Length > Ask.MaxNames) throw new ArgumentException($"There are {wanted.Length} states: at most {Ask.MaxNames} can be waited for at once.", nameof(states));
        foreach (string state in wanted) NameArgument.Check(state, "state", nameof(states), Limits.MaxNameBytes);
        if (match is not (StateMatch.All or StateMatch.Any)) throw new ArgumentOutOfRangeException(nameof(match), match, "Use All or Any.");
        Roster of = RosterArgument.Members(members, nameof(members), Limits);
        var ask = new Ask(Act.WaitForStates, match == StateMatch.Any ? 1 : 0, Names: wanted);
        return CallAsync(NewCall(States, ask, timeout, of), cancellationToken);
    }

    /// <summary>The members that meet: those named, all declared ones, or (empty) all whose ids the server will know.</summary>
    private Roster RosterFor(IEnumerable<string>? roster, string parameter)
    {
        if (roster is not null) return RosterArgument.ForBarrier(Self, roster, parameter, Limits);
        if (_roster is not null) return _roster;
        return _calls.Options.Roles is not null ? Roster.Empty : throw new InvalidOperationException(
            $"The group '{Name}' is open, so it is not known who is to meet: name the roster, or declare the group (SyncOptions.Roster or Roles).");
    }
}
