using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>What a call does in its session.</summary>
internal enum CallKind
{
    Enter,
    Abort,
}

/// <summary>One call of a member, from its start until its caller has an end and its answer is known.</summary>
internal sealed class Call
{
    public required CallKind Kind { get; init; }

    public required SessionKey Session { get; init; }

    public required Roster Roster { get; init; }

    public EnterFlags Flags { get; set; }

    public ReadOnlyMemory<byte>? Data { get; init; }

    public string? Contract { get; init; }

    public Roster? From { get; init; }

    /// <summary>What is asked of the session; null for a meeting.</summary>
    public Ask? Ask { get; init; }

    /// <summary>Of which this member has at most one open in a session.</summary>
    public bool IsExclusive => Kind == CallKind.Enter && Wire.Ask.IsExclusive(Ask?.Act ?? Act.Meet);

    /// <summary>This member is the master of the call: it hosts the server unless one is there.</summary>
    public bool Hosts { get; init; }

    public string AbortReason { get; init; } = "";

    /// <summary>Null waits for ever; zero is judged once, after contributing.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A Try call: its deadline harms nobody.</summary>
    public bool Quiet { get; init; }

    /// <summary>Its caller awaits another call next, and so never holds the thread on which it goes on.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>
    /// Tells the caller its end, and whether it may go on on this thread; called once, and never under a lock.
    /// </summary>
    public required Action<CallEnd, bool> Complete { get; init; }

    /// <summary>Told how a declaration ends that is repeated to another server; null to tell nobody.</summary>
    public Action<CallEnd, bool>? Repeated { get; init; }

    /// <summary>The member's number of this request, given when it is first sent to a server.</summary>
    public long Request { get; set; }

    public TimeSpan Started { get; set; }

    public TimeSpan? Deadline => Timeout is { } timeout ? Started + timeout : null;

    /// <summary>The server of the present term may know of it.</summary>
    public bool Sent { get; set; }

    public long ExpectedGeneration { get; set; }

    /// <summary>The coordinator was, or is to be, asked to end it.</summary>
    public WithdrawReason? Asked { get; set; }

    public TimeSpan AskedAt { get; set; }

    /// <summary>The caller has its end; what the answer will be still matters to the next call in the session.</summary>
    public bool Abandoned { get; set; }

    /// <summary>An abandoned call in the same session whose answer comes first.</summary>
    public Call? Behind { get; set; }

    public Enter ToEnter() => new(
        0, Request, Session, ExpectedGeneration, Quiet ? Flags | EnterFlags.Quiet : Flags, Roster, Data, Contract, From, Ask);

    public Abort ToAbort() => new(0, Request, Session, Roster, AbortReason);
}
