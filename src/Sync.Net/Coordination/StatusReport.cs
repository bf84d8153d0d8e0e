using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Reads off the state of a group what people want to know of it.</summary>
internal static class StatusReport
{
    /// <summary>The most waits, and the most names of each, that one report holds.</summary>
    private const int MaxWaits = 1000;
    private const int MaxNames = 64;

    /// <param name="group">The group.</param>
    /// <param name="name">Only sessions of this name; null for all.</param>
    /// <param name="now">The time.</param>
    public static Overview Of(IGroup group, string? name, TimeSpan now)
    {
        var waits = new List<WaitFact>();
        foreach (Request wait in group.Members.SelectMany(static member => member.Requests))
        {
            if (!wait.IsOpen || !Ask.Waits(wait.Act) || (name is not null && wait.Session.Key.Name != name)) continue;
            waits.Add(Of(wait, group, now));
            if (waits.Count == MaxWaits) break;
        }
        IEnumerable<Member> members = group.Members.Take(CoordinatorOptions.MaxWatchedMembers);
        return new Overview(
            [.. members.Select(member => member.Fact(now)).Concat(Absent(group))],
            [.. waits.OrderBy(static wait => wait.Session.Kind).ThenBy(static wait => wait.Session.Name, StringComparer.Ordinal).ThenBy(static wait => wait.Member, StringComparer.Ordinal)]);
    }

    private static WaitFact Of(Request wait, IGroup group, TimeSpan now)
    {
        IReadOnlyList<string> lacks = wait.Session.LackedBy(wait);
        MemberFact[] missing = [.. lacks.Select(id => group.Find(id)?.Fact(now) ?? new MemberFact(id, null, MemberState.Absent, null, null))];
        return new WaitFact(wait.Session.Key, wait.Member.Id, now - wait.Since, [.. lacks.Take(MaxNames)], Hints.For(wait.Session.Key, missing, group));
    }

    /// <summary>Who is declared and never came, and the seats that nobody has taken.</summary>
    private static IEnumerable<MemberFact> Absent(IGroup group)
    {
        if (group.Roll is not { } roll) yield break;
        foreach (string id in roll.Known.Members)
        {
            if (group.Find(id) is null) yield return new MemberFact(id, roll.RoleOf(id), MemberState.Absent, null, null);
        }
        foreach (string seat in roll.FreeSeatNames(null)) yield return new MemberFact(seat, null, MemberState.Absent, null, null);
    }
}
