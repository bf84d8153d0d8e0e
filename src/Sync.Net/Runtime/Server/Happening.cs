using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>Something that who looks on is told of; which fields count depends on the kind.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, by the server's wall clock at its start and its monotonic clock since.</param>
/// <param name="Group">In which group.</param>
/// <param name="Member">To whom.</param>
/// <param name="Role">The member's role.</param>
/// <param name="State">The member's state.</param>
/// <param name="Reason">Why its state changed.</param>
/// <param name="Number">The wait's number in the group.</param>
/// <param name="Session">Where it waits.</param>
/// <param name="Act">What it asks for.</param>
/// <param name="Generation">The round that was decided; 0 for none.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Waited">For how long it had waited; of a clock, the most that the offset can be wrong.</param>
/// <param name="Data">What a message says.</param>
/// <param name="Offset">How far the clock of the member's host is ahead.</param>
internal sealed record Happening(
    HappeningKind Kind,
    DateTimeOffset At,
    string Group,
    string Member,
    string? Role,
    MemberState State,
    string? Reason = null,
    long Number = 0,
    SessionKey Session = default,
    Act Act = default,
    long Generation = 0,
    Outcome? Outcome = null,
    TimeSpan Waited = default,
    ReadOnlyMemory<byte>? Data = null,
    TimeSpan Offset = default);

/// <summary>What who looks on is told of.</summary>
internal enum HappeningKind
{
    Changed,
    Began,
    Ended,
    Clock,
}
