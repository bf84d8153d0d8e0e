using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Builds failed outcomes that name all the arrived and all the missing.</summary>
internal static class Failures
{
    public static Failed Of(SyncFailureKind kind, string? culprit, string? reason) =>
        new(kind, culprit, reason, null, [], [], []);

    public static Failed Of(
        SyncFailureKind kind,
        string? culprit,
        string? reason,
        Generation generation,
        IGroup group,
        SessionKey session,
        TimeSpan now) =>
        Of(kind, culprit, reason, generation.Roster, id => generation[generation.Roster.PositionOf(id)].Contributed, group, session, now);

    public static Failed Of(
        SyncFailureKind kind,
        string? culprit,
        string? reason,
        Roster roster,
        Predicate<string> hasArrived,
        IGroup group,
        SessionKey session,
        TimeSpan now)
    {
        var arrived = new List<string>();
        var missing = new List<MemberFact>();
        string? hint = null;
        foreach (string id in roster.Members)
        {
            if (hasArrived(id))
            {
                arrived.Add(id);
                continue;
            }
            Member? member = group.Find(id);
            missing.Add(member?.Fact(now) ?? new MemberFact(id, null, MemberState.Absent, null, null));
            hint ??= WaitsElsewhere(member, session);
        }
        return new Failed(kind, culprit, reason, hint, roster.Members, arrived, missing);
    }

    /// <summary>A missing member that waits under another name is the likely cause: a wrong tag, or a step left out.</summary>
    private static string? WaitsElsewhere(Member? member, SessionKey session)
    {
        if (member is null or { Link: 0 }) return null;
        foreach (Request request in member.Requests.Values)
        {
            if (request.IsOpen && request.Session.Key != session)
            {
                return $"{member.Id} waits in {request.Session.Key.InText} instead";
            }
        }
        return null;
    }
}
