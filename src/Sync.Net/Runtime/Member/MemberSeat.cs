using Sync.Net.Runtime.Handshake;

namespace Sync.Net.Runtime.Member;

/// <summary>As what a member asks for its seat.</summary>
internal sealed record MemberSeat(string? Role, Guid Incarnation, GroupKey? Key, Guid? Command = null);
