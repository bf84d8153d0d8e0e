using System.Globalization;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>Cases of one member, or of the run as a whole.</summary>
internal sealed class CaseSuite
{
    public required string Name { get; init; }

    public required string Host { get; init; }

    public required DateTimeOffset Began { get; init; }

    public required TimeSpan Took { get; init; }

    public IReadOnlyList<(string Name, string Value)> Properties { get; init; } = [];

    public required IReadOnlyList<RunCase> Cases { get; init; }

    /// <summary>One case, so that a run which failed for no member's fault is no pass to who reads only cases.</summary>
    public static CaseSuite OfRun(RunResult run) => new()
    {
        Name = "run " + VisibleText.Of(run.Name, 200),
        Host = "",
        Began = run.Started,
        Took = run.Ended - run.Started,
        Cases =
        [
            new RunCase
            {
                Name = "verdict of the run",
                Class = ClassOf(run.Verdict),
                Took = run.Ended - run.Started,
                Type = VerdictText.Of(run.Verdict),
                Message = Message(run.Verdict, run.Reason, ""),
                Details = run.Verdict == Verdict.Warn ? Message(run.Verdict, run.Reason, "") : "",
            },
        ],
    };

    public static CaseSuite OfLane(RunResult run, Lane lane)
    {
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        List<RunCase> cases = [];
        if (lane.Result is { } member) cases.Add(OfMember(member, names));
        foreach (int wait in lane.Waits) cases.Add(OfWait(run, run.Waits[wait], names));
        DateTimeOffset began = lane.Began ?? run.Started;
        return new CaseSuite
        {
            Name = WaitText.Name(lane.Member),
            Host = VisibleText.Of(lane.Host, 200),
            Began = began,
            Took = (lane.Ended ?? began) - began,
            Properties = lane.Result is null ? [] : [.. PropertiesOf(lane.Result)],
            Cases = cases,
        };
    }

    private static RunCase OfMember(MemberResult member, Dictionary<string, int> names)
    {
        string message = Message(member.Verdict, member.Reason, VerdictText.Of(member.Share));
        return new RunCase
        {
            Name = Unique("verdict", names),
            Class = ClassOf(member.Verdict),
            Took = member is { Started: { } started, Ended: { } ended } ? ended - started : TimeSpan.Zero,
            Type = VerdictText.Of(member.Verdict),
            Message = message,
            Details = string.Join("; ", new[] { member.Verdict == Verdict.Warn ? message : "", VerdictText.End(member) }.Where(t => t.Length > 0)),
        };
    }

    private static RunCase OfWait(RunResult run, WaitRecord wait, Dictionary<string, int> names)
    {
        WaitClass end = WaitText.ClassOf(wait);
        string outcome = VisibleText.Of(wait.Outcome, 40);
        return new RunCase
        {
            Name = Unique(WaitText.Label(wait), names),
            Class = end switch
            {
                WaitClass.Met => CaseClass.Passed,
                WaitClass.Withdrawn => CaseClass.Skipped,
                WaitClass.Undecided => CaseClass.Error,
                _ => CaseClass.Failed,
            },
            Took = Lanes.EndOf(run, wait) - wait.Began,
            Type = outcome,
            Message = end == WaitClass.Met ? "" : wait.Text is { Length: > 0 } text ? $"{outcome}: {VisibleText.Of(text)}" : outcome,
            Details = WaitText.Who(wait),
        };
    }

    private static IEnumerable<(string, string)> PropertiesOf(MemberResult member)
    {
        if (member.Role is { } role) yield return ("role", VisibleText.Of(role, 200));
        if (member.Command is { } command) yield return ("command", VisibleText.Of(command));
        if (VerdictText.Clock(member) is { Length: > 0 } clock) yield return ("clock", clock);
        foreach ((string name, string value) in member.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            yield return ("result " + VisibleText.Of(name, 200), VisibleText.Of(value));
        }
    }

    private static CaseClass ClassOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass or Verdict.Warn => CaseClass.Passed,
        Verdict.Skip => CaseClass.Skipped,
        Verdict.Fail => CaseClass.Failed,
        _ => CaseClass.Error,
    };

    private static string Message(Verdict verdict, string? reason, string share)
    {
        if (verdict == Verdict.Pass) return "";
        string head = share.Length == 0 ? VerdictText.Of(verdict) : $"{VerdictText.Of(verdict)} ({share})";
        return string.IsNullOrEmpty(reason) ? head : $"{head}: {VisibleText.Of(reason)}";
    }

    /// <summary>Readers of cases know them by name alone.</summary>
    private static string Unique(string name, Dictionary<string, int> taken)
    {
        string unique = name;
        while (!taken.TryAdd(unique, 1)) unique = string.Create(CultureInfo.InvariantCulture, $"{name} ({++taken[name]})");
        return unique;
    }
}
