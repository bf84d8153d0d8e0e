using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// What a group keeps beyond the life of its server (RULES 2), as events: told in their order to another coordinator they give the
// same group, without anything that was open.

/// <summary>Something that is not to be forgotten.</summary>
internal abstract record KeptFact;

/// <summary>The declaration of the group, in its lines.</summary>
internal sealed record KeptDeclaration(Roster Lines) : KeptFact;

/// <summary>A member came, took a seat, left or failed; the last word on it counts.</summary>
/// <param name="Member">Its id.</param>
/// <param name="Role">Its role, if it has one.</param>
/// <param name="Belongs">It is one of a closed group, and so has its seat.</param>
/// <param name="State">Left, Failed, or (anything else) Absent: whether it is connected is not kept.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Incarnation">The start that failed: only a later one is another.</param>
internal sealed record KeptMember(string Member, string? Role, bool Belongs, MemberState State, string? Reason, Guid Incarnation) : KeptFact;

/// <summary>A member of an essential role ended the group.</summary>
internal sealed record KeptEnd(SyncFailureKind Kind, string Culprit, string Reason) : KeptFact;

/// <summary>A message, with its number on its board and the round that it contributed to.</summary>
internal sealed record KeptMessage(string Board, long Number, Message Message, long Round, RequestId Request) : KeptFact;

/// <summary>A round of sync was met, and these members are in the next one: they may have heard so.</summary>
internal sealed record KeptRound(string Board, long Round, IReadOnlyList<string> Members) : KeptFact;

/// <summary>A member is in a state.</summary>
internal sealed record KeptState(string Session, string Member, string State) : KeptFact;

/// <summary>What was initialised asynchronously and is not used yet; numbered per session.</summary>
internal sealed record KeptCredit(
    string Session, long Credit, string Member, long Number, Roster? Roster, int Code, TimeSpan At, RequestId Request) : KeptFact;

/// <summary>A credit was used, or cleared.</summary>
internal sealed record UsedCredit(string Session, long Credit) : KeptFact;
