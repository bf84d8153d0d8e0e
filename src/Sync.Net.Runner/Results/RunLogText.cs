using System.Globalization;
using Sync.Net.Runner.Engine;

namespace Sync.Net.Runner.Results;

/// <summary>The lines of a run's log.</summary>
internal static class RunLogText
{
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Null for what has no line of its own.</summary>
    public static string? Of(RunEvent happened) => happened switch
    {
        RunBegan began => $"run {began.Name} at {began.Endpoint}: {string.Join(", ", began.Members)}",
        WorkerBegan began => $"running {began.Member}",
        WorkerAwaited awaited => $"waiting for {awaited.Member} to be started by hand",
        WorkerLine line => $"{line.Member}| {line.Text}",
        MemberChanged { Change: var change } => $"{change.Member} {Of(change.State)}{(change.Reason is null ? "" : $": {change.Reason}")}",
        // A message that is left is told once, when it was.
        WaitBegan { Wait: { Act: not "send" } wait } => $"{wait.Member} waits in {wait.Kind} '{wait.Session}' ({wait.Act})",
        WaitEnded { Wait: { Act: "send", IsMet: true } wait } => $"{wait.Member} sent '{wait.Session}'",
        WaitEnded { Wait: { IsMet: true } wait } => $"{wait.Member} released from {wait.Kind} '{wait.Session}' after {Waited(wait)}{(wait.Straggler is null ? "" : $"; {wait.Straggler} came last")}",
        WaitEnded { Wait: { Outcome: "withdrawn" } wait } => $"{wait.Member} withdrew from {wait.Kind} '{wait.Session}' after {Waited(wait)}",
        WaitEnded { Wait: var wait } => $"{wait.Member} failed in {wait.Kind} '{wait.Session}' after {Waited(wait)}: {wait.Text}",
        WorkerEnded { Result: var result } => $"{Of(result.Verdict)} {result.Member}{Why(result.Reason)}",
        RunEnded { Result: var result } => $"{Of(result.Verdict)} run {result.Name}{Why(result.Reason)}",
        _ => null,
    };

    public static string Of(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    private static string Of(MemberState state) => state switch
    {
        MemberState.BetweenCommands => "is between commands",
        MemberState.Absent => "is absent",
        MemberState.Away => "is away",
        MemberState.Lost => "was lost",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static string Waited(WaitRecord wait) => Words.Of(wait.Waited(wait.Began));

    private static string Why(string? reason) => reason is null ? "" : $": {reason}";
}
