namespace Sync.Net.Coordination;

/// <summary>Which request of which process: the same one is never counted twice, by a restarted server neither (RULES 3).</summary>
/// <param name="Member">For whom it was.</param>
/// <param name="Agent">An incarnation of the member, or a command's own id.</param>
/// <param name="Number">The number that the process gave it.</param>
internal readonly record struct RequestId(string Member, Guid Agent, long Number);
