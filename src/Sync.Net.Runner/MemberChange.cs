namespace Sync.Net.Runner;

/// <summary>A change of a member's state in the group: it joined, was lost, returned, left, failed.</summary>
/// <param name="At">When, by the clock of the server's host.</param>
/// <param name="Member">Who.</param>
/// <param name="State">The state from then on.</param>
/// <param name="Reason">One line; null if there is none to tell.</param>
public sealed record MemberChange(DateTimeOffset At, string Member, MemberState State, string? Reason);
