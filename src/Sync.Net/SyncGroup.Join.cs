using Sync.Net.Arguments;
using Sync.Net.Objects;
using Sync.Net.Runtime.Member;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

public sealed partial class SyncGroup
{
    /// <summary>Joins a group.</summary>
    /// <param name="options">
    /// Who this member is (<see cref="SyncOptions.Member"/>; may be left out in open groups), who belongs to the group, and where the server is:
    /// <see cref="SyncOptions.Endpoint"/>, a <see cref="SyncOptions.Master"/>, or else the first of the <see cref="SyncOptions.Roster"/> in ordinal
    /// order hosts it. Copied.
    /// </param>
    /// <param name="cancellationToken">Gives up joining.</param>
    /// <returns>The group, joined. Dispose it to leave.</returns>
    /// <remarks>Tries for <see cref="SyncOptions.Timeout"/>, or for ever, until a server is there. Does not wait for other members.</remarks>
    /// <exception cref="ArgumentException">The options are not usable, or do not fit each other; the text says what to write.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; carries <paramref name="cancellationToken"/>.</exception>
    /// <exception cref="SyncTimeoutException">No server was reached in time.</exception>
    /// <exception cref="SyncException">
    /// This member is a stranger, a duplicate or without the key (<see cref="SyncFailureKind.Refused"/>), or it declares another group than the others
    /// (<see cref="SyncFailureKind.Mismatch"/>).
    /// </exception>
    public static async Task<SyncGroup> JoinAsync(SyncOptions options, CancellationToken cancellationToken = default)
    {
        SyncGroup group = Begin(options, isFollowed: false, cancellationToken);
        try
        {
            await group._joining.ConfigureAwait(false);
        }
        catch
        {
            await group._calls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        // A command ends before it could hear much, and a crowd of them that all watch each other costs its square.
        if (!group._calls.Options.IsCommand) group.WatchOnce();
        return group;
    }

    /// <summary>
    /// Joins as <see cref="JoinAsync"/> does, but doesn't wait for it: the calls that follow go out along with the declaration, and none counts if that
    /// is refused. They end with its failure then.
    /// </summary>
    /// <remarks>For the group's own calls only: what meets under an object of its own (a barrier, an exchange) is to be made after the group is joined.</remarks>
    internal static SyncGroup BeginJoining(SyncOptions options, CancellationToken cancellationToken) => Begin(options, isFollowed: true, cancellationToken);

    private static SyncGroup Begin(SyncOptions options, bool isFollowed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        SyncOptions own = SyncOptions.Snapshot(options);
        string self = GroupArgument.Self(own, nameof(options));
        string master = GroupArgument.Master(own, self, nameof(options));
        own.Member = self;
        own.Role ??= own.Roster?[self];
        var calls = new MemberCalls(typeof(SyncGroup), MemberId.Parse(self, nameof(options), own.Limits.MaxNameBytes), own, null);
        var group = new SyncGroup(calls, master);
        if (own.IsBystander) return group;
        var declare = new Ask(Act.Declare, own.OneWaitAtATime ? 1 : 0);
        SessionCall call = group.GroupCall(declare, null, GroupDeclaration.LinesOf(own)) with { Repeated = group.OnDeclaredAgain, IsFollowed = isFollowed };
        group._joining = group.CallForOutcomeAsync(call, cancellationToken);
        return group;
    }

    /// <summary>Joins a group, runs a member's part in it, and leaves; if the part throws, the group is told that this member failed, and why.</summary>
    /// <param name="options">As for <see cref="JoinAsync"/>.</param>
    /// <param name="body">The part. Its token is cancelled with <paramref name="cancellationToken"/>, and when the server is lost.</param>
    /// <param name="cancellationToken">Cancels joining and the part.</param>
    /// <returns>A task that ends when this member has left.</returns>
    /// <exception cref="ArgumentException">The options are not usable.</exception>
    /// <exception cref="Exception">Whatever <paramref name="body"/> throws, or <see cref="JoinAsync"/>.</exception>
    public static async Task RunAsync(
        SyncOptions options, Func<SyncGroup, CancellationToken, Task> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        SyncGroup group = await JoinAsync(options, cancellationToken).ConfigureAwait(false);
        await using (group.ConfigureAwait(false))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, group.ConnectionLost);
            try
            {
                await body(group, either.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                await group.TryFailAsync(e).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>The body's own exception matters more than whether the group could be told of it.</summary>
    private async Task TryFailAsync(Exception why)
    {
        try
        {
            SessionCall call = GroupCall(new Ask(Act.Fail, Text: OneLine.Of($"{why.GetType().Name}: {why.Message}", 400)), LongestFarewell);
            await _calls.EndOfAsync(call, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has left by itself.
        }
    }

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private void WatchOnce()
    {
        if (Interlocked.Exchange(ref _watches, true)) return;
        Watch();
    }

    /// <summary>Learns what becomes of the members, until this one leaves or the server is lost.</summary>
    private void Watch() => _calls.Follow(GroupCall(new Ask(Act.Watch, _view.Version), Timeout.InfiniteTimeSpan), OnWatched);

    private void OnWatched(CallEnd end)
    {
        switch (end)
        {
            case CallEnd.Disposed:
                break;
            case CallEnd.Answered(Membership news, _):
                _view.Apply(news);
                Watch();
                break;
            default:
                Lose($"the group '{Name}' had lost its server before this call: join again");
                break;
        }
    }

    /// <summary>The server was stopped in good order, and another one is there: it has nothing of what the former one kept.</summary>
    private void OnDeclaredAgain(CallEnd end)
    {
        _taken.Clear();
        if (end is CallEnd.Answered(Failed refused, _)) Lose($"the group's new server refused this member's declaration ({refused.Reason}): join again");
    }

    private void Lose(string why)
    {
        _calls.Lost = why;
        // Its callbacks are the user's code, which must not hold the reading thread.
        _ = _lost.CancelAsync();
    }
}
