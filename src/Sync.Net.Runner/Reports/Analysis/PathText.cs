using System.Globalization;

namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>The critical path in words.</summary>
internal static class PathText
{
    public static string Work(string member, TimeSpan took, string after, string until) =>
        $"{WaitText.Name(member)} worked {DurationText.Of(took)}, {after}, until {until}.";

    public static string Wait(WaitRecord wait, TimeSpan took)
    {
        bool isMet = WaitText.ClassOf(wait) == WaitClass.Met;
        string who = WaitText.Who(wait);
        string how = isMet ? "" : $" in vain: {VisibleText.Of(wait.Outcome, 40)}";
        return $"{WaitText.Name(wait.Member)} waited {DurationText.Of(took)} in {WaitText.Label(wait)}{how}{(who.Length == 0 ? "" : isMet ? $" ({who})" : $", {who}")}.";
    }

    /// <summary>What work came after.</summary>
    public static string After(WaitRecord wait) => WaitText.ClassOf(wait) == WaitClass.Met
        ? $"released from {WaitText.Label(wait)}"
        : $"after {WaitText.Label(wait)} ended by {VisibleText.Of(wait.Outcome, 40)}";

    public static string Started(RunResult run, DateTimeOffset start) =>
        start > run.Started ? $"started {DurationText.Of(start - run.Started)} after the run began" : "from the beginning of the run";

    /// <summary>What work led to.</summary>
    public static string Entered(WaitRecord wait) => $"it entered {WaitText.Label(wait)}";

    public static string Ended(Lane lane)
    {
        string how = lane.Result is { } result ? VerdictText.End(result) : "";
        return how.Length == 0 ? "it ended, the last of all" : $"it ended with {how}, the last of all";
    }

    public static string CameLast(RunResult run, WaitRecord wait, Meeting meeting)
    {
        WaitRecord[] others = [.. meeting.Waits.Select(i => run.Waits[i]).Where(w => w.Member != wait.Straggler)];
        WaitRecord longest = others.Aggregate(wait, (best, next) => Took(run, next) > Took(run, best) ? next : best);
        string label = WaitText.Label(wait);
        string waited = $"{WaitText.Name(longest.Member)} waited {DurationText.Of(Took(run, longest))} for it";
        return others.Length <= 1
            ? $"it came last to {label}; {waited}"
            : string.Create(CultureInfo.InvariantCulture, $"it came last to {label}, the {others.Length} others were there; {waited}");
    }

    public static string Failed(RunResult run, WaitRecord wait) =>
        $"it ended {WaitText.Label(wait)} for others by {VisibleText.Of(wait.Outcome, 40)}; {WaitText.Name(wait.Member)} waited {DurationText.Of(Took(run, wait))} for it";

    private static TimeSpan Took(RunResult run, WaitRecord wait) => Lanes.EndOf(run, wait) - wait.Began;
}
