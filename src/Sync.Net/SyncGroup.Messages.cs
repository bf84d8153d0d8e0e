using System.Collections.Concurrent;
using Sync.Net.Arguments;
using Sync.Net.Objects;
using Sync.Net.Payloads;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

// Messages under an id.
public sealed partial class SyncGroup
{
    /// <summary>The number of the last message that was given to this member as new, by id.</summary>
    private readonly ConcurrentDictionary<string, long> _taken = new(StringComparer.Ordinal);

    /// <inheritdoc cref="SendAsync(string, IReadOnlyDictionary{string, string}?, TimeSpan?, CancellationToken)"/>
    public Task SendAsync(string id, CancellationToken cancellationToken) => SendAsync(id, null, null, cancellationToken);

    /// <summary>Leaves a message under an id. Waits for nobody.</summary>
    /// <param name="id">The id; all messages under it stay for the group's life.</param>
    /// <param name="data">What it says, in any keys and values; null for nothing.</param>
    /// <param name="timeout">How long to try to reach the server; null for the options'.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the message may be on its way.</param>
    /// <returns>A task that ends when the server has the message: whoever waits for it, now or later, gets it.</returns>
    /// <remarks>Sent again under the same id it is appended. Source: LAVA's <c>lava-send</c>.</remarks>
    /// <exception cref="ArgumentException">The id or the data is not usable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">No server was reached in time.</exception>
    /// <exception cref="SyncException">The server refused, or was lost.</exception>
    public Task SendAsync(
        string id,
        IReadOnlyDictionary<string, string>? data = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) => CallAsync(WithData(Board(id, new Ask(Act.Send), timeout), data), cancellationToken);

    /// <summary>Leaves a value under an id. Waits for nobody.</summary>
    /// <typeparam name="T">The value's type, see <see cref="SyncData{T}"/>.</typeparam>
    /// <param name="id">The id.</param>
    /// <param name="value">The value, to be read with <see cref="SyncMessage.Read{T}"/>.</param>
    /// <param name="timeout">How long to try to reach the server; null for the options'.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word; the message may be on its way.</param>
    /// <returns>A task that ends when the server has the message.</returns>
    /// <remarks>As <see cref="SendAsync(string, IReadOnlyDictionary{string, string}?, TimeSpan?, CancellationToken)"/>.</remarks>
    /// <exception cref="ArgumentException">The id is not usable, or the value is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> needs code made at run time, which this program does not allow.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">No server was reached in time.</exception>
    /// <exception cref="SyncException">The value could not be written, the server refused, or it was lost.</exception>
    public Task SendValueAsync<T>(string id, T value, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        where T : notnull => CallAsync(WithValue(Board(id, new Ask(Act.Send), timeout), value), cancellationToken);

    /// <inheritdoc cref="WaitAsync(string, TimeSpan?, bool, CancellationToken)"/>
    public Task<SyncMessages> WaitAsync(string id, CancellationToken cancellationToken) => WaitAsync(id, null, true, cancellationToken);

    /// <summary>Waits until any member has sent a message under an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="timeout">How long; null for the options'. Zero is judged once.</param>
    /// <param name="includeSelf">Whether this member's own messages count; false is LAVA's rule of 2013.</param>
    /// <param name="cancellationToken">Ends the own wait.</param>
    /// <returns>All messages under the id so far, in order.</returns>
    /// <remarks>A message that was sent before the call counts. Source: LAVA's <c>lava-wait</c>.</remarks>
    /// <exception cref="ArgumentException">The id is not usable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Nobody sent one in time.</exception>
    /// <exception cref="SyncException">Nobody is left who could send one, all wait for each other, or the server was lost.</exception>
    public Task<SyncMessages> WaitAsync(
        string id, TimeSpan? timeout = null, bool includeSelf = true, CancellationToken cancellationToken = default) =>
        ReceiveAsync(Board(id, new Ask(Act.Receive), timeout, includeSelf), cancellationToken);

    /// <inheritdoc cref="WaitNewAsync(string, TimeSpan?, bool, CancellationToken)"/>
    public Task<SyncMessages> WaitNewAsync(string id, CancellationToken cancellationToken) => WaitNewAsync(id, null, true, cancellationToken);

    /// <summary>Waits until there are messages under an id that no earlier call of this method has returned to this member.</summary>
    /// <param name="id">The id.</param>
    /// <param name="timeout">How long; null for the options'. Zero is judged once.</param>
    /// <param name="includeSelf">Whether this member's own messages count.</param>
    /// <param name="cancellationToken">Ends the own wait.</param>
    /// <returns>Only what is new, in order.</returns>
    /// <remarks>For loops of one reader: two calls at once for one id may both get the same messages.</remarks>
    /// <exception cref="ArgumentException">The id is not usable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Nobody sent one in time.</exception>
    /// <exception cref="SyncException">Nobody is left who could send one, all wait for each other, or the server was lost.</exception>
    public async Task<SyncMessages> WaitNewAsync(
        string id, TimeSpan? timeout = null, bool includeSelf = true, CancellationToken cancellationToken = default)
    {
        var ask = new Ask(Act.Receive, _taken.GetValueOrDefault(id ?? ""));
        SyncMessages news = await ReceiveAsync(Board(id, ask, timeout, includeSelf), cancellationToken).ConfigureAwait(false);
        if (news.Latest is { } latest) _taken.AddOrUpdate(news.Id, latest.Number, (_, taken) => Math.Max(taken, latest.Number));
        return news;
    }

    /// <inheritdoc cref="WaitAllAsync(string, string?, TimeSpan?, bool, CancellationToken)"/>
    public Task<SyncMessages> WaitAllAsync(string id, CancellationToken cancellationToken) => WaitAllAsync(id, (string?)null, null, true, cancellationToken);

    /// <summary>Waits until every member of the group, or of a role, has sent a message under an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="role">The role; null for all members. The group must be closed.</param>
    /// <param name="timeout">How long; null for the options'. Zero is judged once.</param>
    /// <param name="includeSelf">Whether this member's own message is needed; false is LAVA's rule of 2013.</param>
    /// <param name="cancellationToken">Ends the own wait.</param>
    /// <returns>All messages under the id so far, in order, of whatever role.</returns>
    /// <remarks>One message a member is enough for ever. Source: LAVA's <c>lava-wait-all</c>.</remarks>
    /// <exception cref="ArgumentException">The id is not usable, or the group declares no such role.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all sent one in time; the text names who is missing.</exception>
    /// <exception cref="SyncException">A needed member is lost, left or failed; the group is open; or the server was lost.</exception>
    public Task<SyncMessages> WaitAllAsync(
        string id, string? role = null, TimeSpan? timeout = null, bool includeSelf = true, CancellationToken cancellationToken = default)
    {
        if (role is not null) CheckRole(role);
        return ReceiveAsync(Board(id, new Ask(Act.ReceiveAll, Text: role), timeout, includeSelf), cancellationToken);
    }

    /// <inheritdoc cref="WaitAllAsync(string, IEnumerable{string}, TimeSpan?, CancellationToken)"/>
    public Task<SyncMessages> WaitAllAsync(string id, IEnumerable<string> members, CancellationToken cancellationToken) =>
        WaitAllAsync(id, members, null, cancellationToken);

    /// <summary>Waits until each of some members has sent a message under an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="members">The members; at least one. May be used in open groups, too.</param>
    /// <param name="timeout">How long; null for the options'. Zero is judged once.</param>
    /// <param name="cancellationToken">Ends the own wait.</param>
    /// <returns>All messages under the id so far, in order, of whatever member.</returns>
    /// <exception cref="ArgumentException">The id or the list is not usable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all sent one in time; the text names who is missing.</exception>
    /// <exception cref="SyncException">A needed member is lost, left, failed or a stranger, or the server was lost.</exception>
    public Task<SyncMessages> WaitAllAsync(
        string id, IEnumerable<string> members, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Roster of = RosterArgument.Members(members, nameof(members), Limits);
        return ReceiveAsync(Board(id, new Ask(Act.ReceiveAll), timeout) with { Roster = of }, cancellationToken);
    }

    /// <summary>What is there under an id, without waiting.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Stops waiting for the server's word.</param>
    /// <returns>All messages so far, in order; maybe none.</returns>
    /// <exception cref="ArgumentException">The id is not usable.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncException">The server was lost.</exception>
    public Task<SyncMessages> PeekAsync(string id, CancellationToken cancellationToken = default) =>
        ReceiveAsync(Board(id, new Ask(Act.Peek), null), cancellationToken);

    /// <inheritdoc cref="SyncAsync(string, IReadOnlyDictionary{string, string}?, TimeSpan?, CancellationToken)"/>
    public Task<SyncMessages> SyncAsync(string id, CancellationToken cancellationToken) => SyncAsync(id, null, null, cancellationToken);

    /// <summary>Leaves a message under an id, and waits until all members have left one in the same round.</summary>
    /// <param name="id">The id. Used again it is the next round, so that it is safe in loops.</param>
    /// <param name="data">What it says; null for nothing.</param>
    /// <param name="timeout">How long; null for the options'. Zero is judged once, after sending.</param>
    /// <param name="cancellationToken">Ends the own wait; the message stays.</param>
    /// <returns>All messages under the id so far, of all rounds, in order.</returns>
    /// <remarks>
    /// A member is in round 1 until its first sync is met, then in round 2, and so on; a message that it sends counts for the round that it is
    /// in. After a failed sync the same round is entered again. The group must be closed. Source: LAVA's <c>lava-sync</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">The id or the data is not usable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">This member waits in a sync of this id already.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all came in time; the text names who is missing.</exception>
    /// <exception cref="SyncException">A needed member is lost, left or failed; the group is open; or the server was lost.</exception>
    public Task<SyncMessages> SyncAsync(
        string id,
        IReadOnlyDictionary<string, string>? data = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) => ReceiveAsync(WithData(Board(id, new Ask(Act.Sync), timeout), data), cancellationToken);

    /// <summary>Leaves a value under an id, and waits until all members have left a message in the same round.</summary>
    /// <typeparam name="T">The value's type, see <see cref="SyncData{T}"/>.</typeparam>
    /// <param name="id">The id.</param>
    /// <param name="value">The value, to be read with <see cref="SyncMessage.Read{T}"/>.</param>
    /// <param name="timeout">How long; null for the options'. Zero is judged once, after sending.</param>
    /// <param name="cancellationToken">Ends the own wait; the message stays.</param>
    /// <returns>All messages under the id so far, of all rounds, in order.</returns>
    /// <remarks>As <see cref="SyncAsync(string, IReadOnlyDictionary{string, string}?, TimeSpan?, CancellationToken)"/>.</remarks>
    /// <exception cref="ArgumentException">The id is not usable, or the value is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> needs code made at run time, which this program does not allow.</exception>
    /// <exception cref="InvalidOperationException">This member waits in a sync of this id already.</exception>
    /// <exception cref="ObjectDisposedException">This member has left.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">Not all came in time; the text names who is missing.</exception>
    /// <exception cref="SyncException">The value could not be written, or as for the other form.</exception>
    public Task<SyncMessages> SyncValueAsync<T>(string id, T value, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        where T : notnull => ReceiveAsync(WithValue(Board(id, new Ask(Act.Sync), timeout), value), cancellationToken);

    private SessionCall Board(string? id, Ask ask, TimeSpan? timeout, bool includeSelf = true)
    {
        string name = NameArgument.Check(id, "message id", nameof(id), Limits.MaxNameBytes);
        return NewCall(new SessionKey(SessionKind.Board, name), ask, timeout, flags: includeSelf ? EnterFlags.None : EnterFlags.ExcludeSelf);
    }

    private SessionCall WithData(SessionCall call, IReadOnlyDictionary<string, string>? data) => data is null
        ? call
        : Giving(call, data, new StringMapPayload(PayloadSerializers.MaxPayloadBytes(Limits)));

    private SessionCall WithValue<T>(SessionCall call, T value)
        where T : notnull
    {
        if (value is null) throw new ArgumentNullException(nameof(value));
        return Giving(call, value, PayloadSerializers.Create<T>(_calls.Options));
    }

    private SessionCall Giving<T>(SessionCall call, T value, PayloadSerializer<T> payloads)
        where T : notnull =>
        call with { Data = ResultMapper.Write(new CallContext(Self, call.Session), value, payloads), Contract = payloads.Contract };

    private async Task<SyncMessages> ReceiveAsync(SessionCall call, CancellationToken cancellationToken)
    {
        (Released released, CallContext context) = await CallAsync(call, cancellationToken).ConfigureAwait(false);
        return ResultMapper.Messages(context, released, _calls.Options);
    }

    private void CheckRole(string role)
    {
        IReadOnlyList<string> declared = GroupDeclaration.RolesOf(_calls.Options);
        if (!_calls.Options.IsClosedGroup || declared.Contains(role)) return;
        throw new ArgumentException(
            declared.Count == 0
                ? $"The group '{Name}' declares no roles, so nobody is '{OneLine.Of(role, 40)}': give the members roles in SyncOptions.Roster."
                : $"The group '{Name}' has no role '{OneLine.Of(role, 40)}': its roles are {NameList.Of(declared)}.",
            nameof(role));
    }
}
