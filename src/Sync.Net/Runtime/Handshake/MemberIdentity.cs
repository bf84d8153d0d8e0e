using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>What a member says of itself in its hello.</summary>
/// <param name="Group">The group.</param>
/// <param name="Member">The member's id.</param>
/// <param name="Role">Its role, if it has one.</param>
/// <param name="Incarnation">Random, one for each start of the member.</param>
/// <param name="Resume">This incarnation was connected before.</param>
/// <param name="LastTerm">The server's term that it knew then.</param>
/// <param name="Command">The id of a command that acts for the member; null for the member itself.</param>
internal readonly record struct MemberIdentity(
    string Group,
    string Member,
    string? Role,
    Guid Incarnation,
    bool Resume = false,
    Term LastTerm = default,
    Guid? Command = null);
