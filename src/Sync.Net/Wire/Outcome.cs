namespace Sync.Net.Wire;

/// <summary>How a wait ended. Shared by all waiters of a generation, encoded once.</summary>
internal abstract record Outcome;

/// <summary>What is open in a group.</summary>
/// <param name="Members">Who belongs to it or has come.</param>
/// <param name="Waits">The open waits, in the order of their sessions.</param>
internal sealed record Overview(IReadOnlyList<MemberFact> Members, IReadOnlyList<WaitFact> Waits) : Outcome;

/// <summary>The condition was met.</summary>
/// <param name="Count">How many members met.</param>
/// <param name="Straggler">Who came last; null when one member met alone.</param>
/// <param name="Arrivals">In order of arrival; null above the size where they are sent on request only.</param>
/// <param name="Contributions">What the members gave, in roster order; null for a session without data.</param>
/// <param name="Lost">Members lost after they had given; empty as a rule.</param>
/// <param name="Code">The largest code that was reported.</param>
/// <param name="CodeBy">Who reported it; null for nobody.</param>
internal sealed record Released(
    int Count,
    string? Straggler,
    IReadOnlyList<ArrivalFact>? Arrivals,
    IReadOnlyList<Contribution>? Contributions,
    IReadOnlyList<LossFact> Lost,
    int Code = 0,
    IReadOnlyList<string>? CodeBy = null) : Outcome
{
    /// <summary>Done, without anything to tell.</summary>
    public static readonly Released Nothing = new(0, null, null, null, []);
}

/// <summary>What is known of a group's members.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="Members">Those of which something changed since the version that was asked about.</param>
internal sealed record Membership(long Version, IReadOnlyList<MemberFact> Members) : Outcome;

/// <summary>The arrival was taken back on the member's own wish; nothing was decided.</summary>
internal sealed record Withdrawn : Outcome
{
    public static readonly Withdrawn Instance = new();
}

/// <summary>The wait ended without being met.</summary>
/// <param name="Kind">What ended it.</param>
/// <param name="Culprit">The member that caused it, if one did.</param>
/// <param name="Reason">One line in whole words, without the names that the lists carry; may be null.</param>
/// <param name="Hint">A likely cause, such as a similar tag that somebody else waits in.</param>
/// <param name="Expected">Who was needed.</param>
/// <param name="Arrived">Who had arrived (or given).</param>
/// <param name="Missing">Who had not, with what is known of each.</param>
internal sealed record Failed(
    SyncFailureKind Kind,
    string? Culprit,
    string? Reason,
    string? Hint,
    IReadOnlyList<string> Expected,
    IReadOnlyList<string> Arrived,
    IReadOnlyList<MemberFact> Missing) : Outcome;

/// <summary>One member's arrival: how long it waited until the release.</summary>
internal readonly record struct ArrivalFact(string Member, TimeSpan Waited);

/// <summary>What one member gave. No data is not the same as data of no bytes.</summary>
/// <param name="Member">Who.</param>
/// <param name="Data">What; null for nothing.</param>
/// <param name="Contract">The name of the data's type.</param>
/// <param name="Number">Its place among the messages of the session, from 1; in a count what it changed; else 0.</param>
/// <param name="Ago">How long before the answer it came; of messages only.</param>
/// <param name="Role">The member's role then; of messages only.</param>
internal readonly record struct Contribution(
    string Member, ReadOnlyMemory<byte>? Data, string? Contract, long Number = 0, TimeSpan Ago = default, string? Role = null);

/// <summary>One open wait.</summary>
/// <param name="Session">Where.</param>
/// <param name="Member">Who waits.</param>
/// <param name="Waited">For how long.</param>
/// <param name="Lacks">Whom or what it lacks.</param>
/// <param name="Hint">A likely cause; null if there is none to tell.</param>
internal readonly record struct WaitFact(SessionKey Session, string Member, TimeSpan Waited, IReadOnlyList<string> Lacks, string? Hint);

/// <summary>A member that was lost after it had given.</summary>
internal readonly record struct LossFact(string Member, string Reason, TimeSpan LastSeenAgo, string? LastSeenIn);

/// <summary>What is known of a member.</summary>
internal readonly record struct MemberFact(string Id, string? Role, MemberState State, TimeSpan? LastSeenAgo, string? LastSeenIn);
