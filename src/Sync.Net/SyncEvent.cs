namespace Sync.Net;

/// <summary>Something that happened in a group, as the server saw it.</summary>
/// <remarks>
/// Immutable. Every <see cref="SyncEventKind.WaitBegan"/> has its <see cref="SyncEventKind.WaitEnded"/> under the same <see cref="Wait"/>, but for waits that are
/// open when the server stops. What members exchange is not told, but for what a message says.
/// </remarks>
public sealed record SyncEvent
{
    internal SyncEvent()
    {
    }

    /// <summary>What happened.</summary>
    public SyncEventKind Kind { get; internal init; }

    /// <summary>When, by the clock of the server's host; never earlier than what was told before.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>The group.</summary>
    public string Group { get; internal init; } = "";

    /// <summary>The member.</summary>
    public string Member { get; internal init; } = "";

    /// <summary>The member's role; null if it has none.</summary>
    public string? Role { get; internal init; }

    /// <summary>The member's state from now on.</summary>
    public MemberState State { get; internal init; }

    /// <summary>Why the member's state changed, in a line; null if there is none to tell.</summary>
    public string? Reason { get; internal init; }

    /// <summary>The wait's number in its group, from 1; 0 for a change of a member.</summary>
    public long Wait { get; internal init; }

    /// <summary>The kind of the session that is waited in: <c>barrier</c>, <c>data</c>, <c>counted barrier</c>, <c>message</c>, <c>state</c> or <c>group</c>.</summary>
    public string? SessionKind { get; internal init; }

    /// <summary>The session's name.</summary>
    public string? Session { get; internal init; }

    /// <summary>
    /// What is asked of the session: <c>meet</c>, <c>wait</c>, <c>wait-all</c>, <c>sync</c>, <c>send</c>, <c>initialize</c>, <c>wait-for-states</c> or
    /// <c>wait-for-members</c>.
    /// </summary>
    public string? Act { get; internal init; }

    /// <summary>Which use of the session was decided, from 1; 0 where there are none, or none was.</summary>
    public long Generation { get; internal init; }

    /// <summary>For how long was waited.</summary>
    public TimeSpan Waited { get; internal init; }

    /// <summary>Whether the wait was met. Neither met nor with a <see cref="Failure"/>: it was taken back.</summary>
    public bool IsMet { get; internal init; }

    /// <summary>Who came last; null if that is not known or nobody else took part.</summary>
    public string? Straggler { get; internal init; }

    /// <summary>Why the wait failed; null if it did not.</summary>
    public SyncFailure? Failure { get; internal init; }

    /// <summary>How far the clock of the member's host is ahead of the server's host's; null where it was not measured now.</summary>
    public TimeSpan? ClockOffset { get; internal init; }

    /// <summary>The most that <see cref="ClockOffset"/> can be wrong: half of the shortest exchange.</summary>
    public TimeSpan? ClockError { get; internal init; }

    /// <summary>What a message says, where it was sent as a map of strings; null otherwise.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; internal init; }
}
