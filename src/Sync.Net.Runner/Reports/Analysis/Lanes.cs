namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>Puts members in lanes: one role after the other, in the order of their numbers.</summary>
internal static class Lanes
{
    public static IReadOnlyList<Lane> Of(RunResult run)
    {
        Dictionary<string, List<int>> waits = new(StringComparer.Ordinal);
        for (int i = 0; i < run.Waits.Count; i++)
        {
            if (!waits.TryGetValue(run.Waits[i].Member, out List<int>? own)) waits.Add(run.Waits[i].Member, own = []);
            own.Add(i);
        }
        foreach (List<int> own in waits.Values) own.Sort((a, b) => (run.Waits[a].Began, a).CompareTo((run.Waits[b].Began, b)));

        Dictionary<string, (DateTimeOffset First, DateTimeOffset Last)> changes = new(StringComparer.Ordinal);
        foreach (MemberChange change in run.Changes)
        {
            changes[change.Member] = changes.TryGetValue(change.Member, out var seen) ? (seen.First, change.At) : (change.At, change.At);
        }

        HashSet<string> known = new(run.Members.Select(m => m.Member), StringComparer.Ordinal);
        IEnumerable<string> others = waits.Keys.Concat(changes.Keys).Where(id => !known.Contains(id)).Distinct(StringComparer.Ordinal);
        string?[] roles = [.. run.Members.Select(m => m.Role).Distinct(StringComparer.Ordinal)];
        return
        [
            .. from role in roles
               from member in run.Members
               where member.Role == role
               select Make(run, member.Member, member, waits, changes),
            .. others.Select(id => Make(run, id, null, waits, changes)),
        ];
    }

    private static Lane Make(
        RunResult run,
        string id,
        MemberResult? result,
        Dictionary<string, List<int>> waits,
        Dictionary<string, (DateTimeOffset First, DateTimeOffset Last)> changes)
    {
        List<int> own = waits.GetValueOrDefault(id) ?? [];
        DateTimeOffset? began = result?.Started;
        DateTimeOffset? ended = result?.Ended;
        // Who was started elsewhere is known by what it did in the group.
        if (began is null)
        {
            if (own.Count > 0) began = run.Waits[own[0]].Began;
            if (changes.TryGetValue(id, out var seen) && !(began < seen.First)) began = seen.First;
        }
        if (ended is null && began is not null)
        {
            ended = own.Aggregate(began, (last, i) => EndOf(run, run.Waits[i]) > last ? EndOf(run, run.Waits[i]) : last);
            if (changes.TryGetValue(id, out var seen) && seen.Last > ended) ended = seen.Last;
        }
        return new Lane { Member = id, Role = result?.Role, Host = result?.Host ?? "", Result = result, Began = began, Ended = ended < began ? began : ended, Waits = own };
    }

    /// <summary>An open wait ends with the run; none ends before it began.</summary>
    public static DateTimeOffset EndOf(RunResult run, WaitRecord wait)
    {
        DateTimeOffset end = wait.Ended ?? run.Ended;
        return end < wait.Began ? wait.Began : end;
    }
}
