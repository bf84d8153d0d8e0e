namespace Sync.Net.Cli.Demo;

/// <summary>Whether what the members told is what a correct run is: judged by content and by time, not by exit codes alone.</summary>
internal static class DemoVerdict
{
    private static readonly string[] Sessions = [DemoMember.ServerUp, DemoMember.Setup, DemoMember.TestDone];

    public static List<string> Faults(IReadOnlyList<DemoEnd> ends, IReadOnlyList<DemoEvent> events)
    {
        List<string> faults = [];
        foreach (string member in DemoMember.Roster) faults.AddRange(OfMember(member, ends, events));
        if (events.Where(told => told.Step == DemoStep.Started).Select(told => told.ProcessId).Distinct().Count() != DemoMember.Roster.Length)
            faults.Add("the members were not processes of their own");
        foreach (string session in Sessions) faults.AddRange(OfSession(session, events));
        return faults;
    }

    private static IEnumerable<string> OfMember(string member, IReadOnlyList<DemoEnd> ends, IReadOnlyList<DemoEvent> events)
    {
        if (ends.FirstOrDefault(end => end.Member == member) is not { } end)
        {
            yield return $"{member} was not started";
            yield break;
        }

        if (end.ExitCode != ExitCodes.Success) yield return $"{member} ended with {end.ExitCode}";
        if (end.Errors.Length > 0) yield return $"{member} said: {end.Errors}";
        if (!events.Any(told => told.Member == member && told.Step == DemoStep.Done)) yield return $"{member} did not come to its end";
    }

    private static IEnumerable<string> OfSession(string session, IReadOnlyList<DemoEvent> events)
    {
        DemoEvent[] arrivals = [.. events.Where(told => told.Session == session && told.Step == DemoStep.Arrives)];
        DemoEvent[] meetings = [.. events.Where(told => told.Session == session && told.Step == DemoStep.Met)];
        if (!IsWhole(arrivals) || !IsWhole(meetings))
        {
            yield return $"not all met in '{session}'";
            yield break;
        }

        if (meetings.Any(met => (met.Generation, met.Count, met.Straggler) != (1, DemoMember.Roster.Length, meetings[0].Straggler)))
            yield return $"the members do not tell the same of '{session}'";
        if (arrivals.Max(told => told.At) > meetings.Min(told => told.At)) yield return $"somebody passed '{session}' before all had arrived";
        if (session == DemoMember.Setup && !meetings.All(met => HasAll(met, arrivals)))
            yield return $"not everybody got what all had given in '{session}'";
    }

    private static bool IsWhole(DemoEvent[] events) =>
        events.Select(told => told.Member).Order(StringComparer.Ordinal).SequenceEqual(DemoMember.Roster);

    private static bool HasAll(DemoEvent met, DemoEvent[] given) =>
        met.Received is { } received
        && received.Count == given.Length
        && given.All(told => told.Given is not null && received.GetValueOrDefault(told.Member) == told.Given);
}
