using System.Globalization;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>The analysis in lines of text.</summary>
internal static class RunSummary
{
    /// <summary>The total, who did not pass with the root cause first, who held up whom, what sessions cost, and the critical path.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="most">At most so many lines of each kind; of the path the last.</param>
    public static IReadOnlyList<string> Lines(RunAnalysis analysis, int most = 5)
    {
        RunResult run = analysis.Run;
        List<string> lines =
        [
            $"{VerdictText.Of(run.Verdict).ToUpperInvariant()} {VisibleText.Of(run.Name, 200)} in {DurationText.Of(run.Ended - run.Started)}{Because(run.Reason)}",
        ];
        MemberResult[] failed = [.. VerdictText.RootCauseFirst(run.Members).Where(m => m.Verdict >= Verdict.Fail || m.Share != FailureShare.None)];
        Add(lines, failed, most, "member", m =>
            $"{(m.Share == FailureShare.None ? VerdictText.Of(m.Verdict) : VerdictText.Of(m.Share))}: {WaitText.Name(m.Member)} on {VisibleText.Of(m.Host, 100)}{Because(m.Reason)}");
        Add(lines, analysis.HoldUps, most, "member", h => $"held up: {WaitText.Name(h.Member)}: others waited {HeldUp(h)}");
        Add(lines, [.. analysis.Sessions.Where(s => s.HostTime > TimeSpan.Zero)], most, "session", s => string.Create(
            CultureInfo.InvariantCulture,
            $"cost: {WaitText.Session(s.Kind, s.Session)}: {s.HostTime.TotalMinutes:0.###} host-minutes in {Count(s.Waits, "wait")}{(s.MostOftenLast is { } last ? $", most often last: {WaitText.Name(last)}" : "")}"));
        int left = Math.Max(0, analysis.CriticalPath.Count - most);
        if (left > 0) lines.Add($"path: … and {Count(left, "hop")} before");
        lines.AddRange(analysis.CriticalPath.Skip(left).Select(hop => "path: " + hop.Text));
        return lines;
    }

    private static void Add<T>(List<string> lines, IReadOnlyCollection<T> items, int most, string what, Func<T, string> text)
    {
        lines.AddRange(items.Take(most).Select(text));
        if (items.Count > most) lines.Add($"… and {Count(items.Count - most, "more " + what)}");
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string HeldUp(HoldUp held)
    {
        string inVain = held.InVain > TimeSpan.Zero ? $"{DurationText.Of(held.InVain)} in vain" : "";
        string met = held.Waited > TimeSpan.Zero ? DurationText.Of(held.Waited) : "";
        string times = string.Join(" and ", new[] { met, inVain }.Where(t => t.Length > 0));
        return $"{times} for it ({string.Join(", ", held.Waiters.Take(3).Select(w => $"{WaitText.Name(w.Member)} {DurationText.Of(w.Waited)}"))}{(held.Waiters.Count > 3 ? ", …" : "")})";
    }

    private static string Because(string? reason) => string.IsNullOrEmpty(reason) ? "" : ": " + VisibleText.Of(reason);
}
