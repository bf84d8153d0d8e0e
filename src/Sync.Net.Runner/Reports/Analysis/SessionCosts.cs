namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>Adds up what each session cost, the dearest first.</summary>
internal static class SessionCosts
{
    public static IReadOnlyList<SessionCost> Of(RunResult run, IReadOnlyList<Lane> lanes, IReadOnlyList<Meeting> meetings)
    {
        Dictionary<string, string> hosts = new(StringComparer.Ordinal);
        // Members of unknown hosts are on hosts of their own.
        foreach (Lane lane in lanes) hosts[lane.Member] = lane.Host.Length > 0 ? lane.Host : "\0" + lane.Member;
        ILookup<(string, string), Meeting> met = meetings.ToLookup(m => Key(run.Waits[m.Waits[0]]));
        return
        [
            .. run.Waits.GroupBy(Key)
                .Select(waits => Of(run, [.. waits], [.. met[waits.Key]], hosts))
                .OrderByDescending(cost => cost.HostTime)
                .ThenByDescending(cost => cost.MemberTime)
                .ThenBy(cost => cost.Kind, StringComparer.Ordinal)
                .ThenBy(cost => cost.Session, StringComparer.Ordinal),
        ];
    }

    private static (string Kind, string Session) Key(WaitRecord wait) => (wait.Kind, wait.Session);

    private static SessionCost Of(RunResult run, WaitRecord[] waits, Meeting[] met, Dictionary<string, string> hosts)
    {
        WaitRecord longest = waits.Aggregate((best, next) => Took(run, next) > Took(run, best) ? next : best);
        var last = met.Where(m => m.Straggler is not null)
            .GroupBy(m => m.Straggler!, StringComparer.Ordinal)
            .Select(group => (Member: group.Key, Times: group.Count()))
            .OrderByDescending(l => l.Times)
            .ThenBy(l => l.Member, StringComparer.Ordinal)
            .FirstOrDefault();
        int generations = waits.Select(w => w.Generation).Where(g => g != 0).Distinct().Count();
        return new SessionCost
        {
            Kind = waits[0].Kind,
            Session = waits[0].Session,
            Uses = generations + met.Count(m => run.Waits[m.Waits[0]].Generation == 0),
            Waits = waits.Length,
            NotMet = waits.Count(w => WaitText.ClassOf(w) != WaitClass.Met),
            MemberTime = Sum(waits.Select(w => Took(run, w))),
            HostTime = Sum(waits.GroupBy(w => hosts[w.Member], StringComparer.Ordinal).Select(host => Covered(run, host))),
            Longest = Took(run, longest),
            LongestMember = longest.Member,
            MostOftenLast = last.Member,
            TimesLast = last.Times,
        };
    }

    /// <summary>How long at least one of the waits was open.</summary>
    private static TimeSpan Covered(RunResult run, IEnumerable<WaitRecord> waits)
    {
        TimeSpan covered = TimeSpan.Zero;
        DateTimeOffset until = DateTimeOffset.MinValue;
        foreach (WaitRecord wait in waits.OrderBy(w => w.Began))
        {
            DateTimeOffset end = Lanes.EndOf(run, wait);
            if (end <= until) continue;
            covered += end - (wait.Began > until ? wait.Began : until);
            until = end;
        }
        return covered;
    }

    private static TimeSpan Took(RunResult run, WaitRecord wait) => Lanes.EndOf(run, wait) - wait.Began;

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
