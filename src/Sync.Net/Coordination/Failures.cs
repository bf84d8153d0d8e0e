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
        Of(kind, culprit, reason, generation.Roster.Members, id => generation[generation.Roster.PositionOf(id)].Contributed, group, session, now);

    /// <summary>Of the declared members, of one role or of all, whose free seats are missing as well.</summary>
    public static Failed OfGroup(
        SyncFailureKind kind,
        string? culprit,
        string? reason,
        string? role,
        Predicate<string> hasArrived,
        IGroup group,
        SessionKey session,
        TimeSpan now)
    {
        Failed known = Of(kind, culprit, reason, group.Roll?.IdsOf(role) ?? [], hasArrived, group, session, now);
        if (group.Roll is not { } roll || roll.FreeSeats(role) == 0) return known;
        string[] free = [.. roll.FreeSeatNames(role)];
        return known with
        {
            Expected = [.. known.Expected, .. free],
            Missing = [.. known.Missing, .. free.Select(static seat => new MemberFact(seat, null, MemberState.Absent, null, null))],
        };
    }

    public static Failed Of(
        SyncFailureKind kind,
        string? culprit,
        string? reason,
        IEnumerable<string> expected,
        Predicate<string> hasArrived,
        IGroup group,
        SessionKey session,
        TimeSpan now)
    {
        var all = new List<string>();
        var arrived = new List<string>();
        var missing = new List<MemberFact>();
        foreach (string id in expected)
        {
            all.Add(id);
            if (hasArrived(id)) arrived.Add(id);
            else missing.Add(group.Find(id)?.Fact(now) ?? new MemberFact(id, null, MemberState.Absent, null, null));
        }
        return new Failed(kind, culprit, reason, Hints.For(session, missing, group), all, arrived, missing);
    }

    /// <summary>What a member that is gone means to those who need it.</summary>
    public static SyncFailureKind KindOf(Member gone) => gone.State switch
    {
        MemberState.Left => SyncFailureKind.MemberLeft,
        MemberState.Failed => SyncFailureKind.MemberFailed,
        _ => SyncFailureKind.MemberLost,
    };
}
