namespace Sync.Net.Wire;

/// <summary>What a request does in its session; the numbers are the wire's.</summary>
internal enum Act : byte
{
    /// <summary>Barrier and data: arrive, and wait for the roster. The only act without an <see cref="Ask"/>.</summary>
    Meet = 0,

    /// <summary>Count: wait, as one of Number participants, or (0) as one of those that initialisers count. Code is this member's.</summary>
    Wait = 1,

    /// <summary>Count: Number (or the members of the roster) are to wait; wait with them. Code is this member's.</summary>
    Initialize = 2,

    /// <summary>Count: as Initialize, but answered at once.</summary>
    Add = 3,

    /// <summary>Count: ends all waits and forgets what was counted.</summary>
    Clear = 4,

    /// <summary>Board: leave a message, and be answered at once.</summary>
    Send = 5,

    /// <summary>Board: wait for a message with a number above Number.</summary>
    Receive = 6,

    /// <summary>Board: wait until all have sent one: the roster, or (if that is empty) those of the role Text, or all members.</summary>
    ReceiveAll = 7,

    /// <summary>Board: leave a message, and wait until all members have left one in the same round.</summary>
    Sync = 8,

    /// <summary>Board: what is there with a number above Number, at once.</summary>
    Peek = 9,

    /// <summary>State: this member is in the state Text from now on.</summary>
    SetState = 10,

    /// <summary>State: wait until each of the roster is in all of the states Names, or (Number 1) in any of them.</summary>
    WaitForStates = 11,

    /// <summary>Group: this member takes part in the group that the roster's lines describe, see docs/protocol.md. Number 1: one wait at a time.</summary>
    Declare = 12,

    /// <summary>Group: wait until all declared members have joined.</summary>
    WaitForMembers = 13,

    /// <summary>Group: wait until what is known of the members is newer than version Number.</summary>
    Watch = 14,

    /// <summary>Group: this member has failed, because of Text.</summary>
    Fail = 15,

    /// <summary>Group: ends all open waits, because of Text.</summary>
    AbortAll = 16,

    /// <summary>Group: what is open now: who waits where, since when, for whom. Text: only in sessions of that name.</summary>
    Status = 17,

    /// <summary>Ends what is open in a session, for all. It has a frame of its own, and never stands in an <see cref="Ask"/>.</summary>
    Abort = 255,
}

/// <summary>What a request asks of its session; which fields count depends on the act.</summary>
internal sealed record Ask(Act Act, long Number = 0, int Code = 0, string? Text = null, IReadOnlyList<string>? Names = null)
{
    public const Act LastAct = Act.Status;

    /// <summary>The most states that one wait can name: each is looked for in each member's.</summary>
    public const int MaxNames = 256;

    /// <summary>The kind of session that an act belongs to; null for meetings, of which there are two kinds.</summary>
    public static SessionKind? KindOf(Act act) => act switch
    {
        Act.Meet => null,
        <= Act.Clear => SessionKind.Count,
        <= Act.Peek => SessionKind.Board,
        <= Act.WaitForStates => SessionKind.State,
        _ => SessionKind.Group,
    };

    /// <summary>Of which a member has at most one open in a session at a time.</summary>
    public static bool IsExclusive(Act act) => act is Act.Meet or Act.Wait or Act.Initialize or Act.Sync;

    /// <summary>Whether the act waits for others, in contrast to one that is answered at once or that only looks on.</summary>
    public static bool Waits(Act act) =>
        act is Act.Meet or Act.Wait or Act.Initialize or Act.Receive or Act.ReceiveAll or Act.Sync or Act.WaitForStates or Act.WaitForMembers;
}
