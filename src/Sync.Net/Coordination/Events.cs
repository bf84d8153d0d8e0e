using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// What can happen to a group. Everything that the coordinator knows reaches it as one of these, in one order.
// A link is one path to a member (a connection, or the member's own process); its number is never used again.

/// <summary>A link asks for a member's seat, or (with a command's own id) to act for the member beside it.</summary>
internal readonly record struct Join(long Link, string Member, string? Role, Guid Incarnation, bool Resume, Guid? Command = null);

/// <summary>A link ended in good order: the member left the group, or is absent as before its first call.</summary>
internal readonly record struct Depart(long Link, bool Left);

/// <summary>A link ended without a goodbye: its process is dead.</summary>
internal readonly record struct Disconnect(long Link, string Reason);

/// <summary>Who holds a member from outside, such as a runner, says that nothing of it runs any more.</summary>
/// <param name="Member">The member, even if it never came.</param>
/// <param name="Role">Its role.</param>
/// <param name="Failure">Why it failed; null if it ended in good order.</param>
internal readonly record struct Retire(string Member, string? Role, string? Failure);

/// <summary>A link was not heard for the heartbeat timeout; the member may yet return.</summary>
/// <param name="Link">The silent link.</param>
/// <param name="For">How long ago it was last heard.</param>
internal readonly record struct Silence(long Link, TimeSpan For);

/// <summary>A silent link was heard again.</summary>
internal readonly record struct Heard(long Link);

/// <summary>A link answered a probe, or was heard recently enough to count as having answered.</summary>
internal readonly record struct Alive(long Link);

/// <summary>A member that reconnected names its open requests: the answers to all others below Next are done with.</summary>
internal readonly record struct Resumed(long Link, long Next, IReadOnlyList<long> Open);

/// <summary>The answer to a request has been received by who asked: an incarnation of the member, or a command of it.</summary>
internal readonly record struct Acknowledge(string Member, Guid Agent, long Request);

/// <summary>A member contributes to a session and waits for its condition.</summary>
internal readonly record struct Enter(
    long Link,
    long Request,
    SessionKey Session,
    long ExpectedGeneration,
    EnterFlags Flags,
    Roster Roster,
    ReadOnlyMemory<byte>? Data,
    string? Contract,
    Roster? From,
    Ask? Ask = null);

/// <summary>A member takes an enter back, or asks at its deadline whether it was met.</summary>
internal readonly record struct Withdraw(long Link, long Request, WithdrawReason Reason, TimeSpan Waited);

/// <summary>The operator clears every counted barrier of the group.</summary>
internal readonly record struct ClearCounts(string? Reason);

/// <summary>A member breaks the current, or the next, generation of a session for all.</summary>
internal readonly record struct Abort(long Link, long Request, SessionKey Session, Roster Roster, string Reason);
