using System.Globalization;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

/// <summary>Tells verdicts, and failures apart: by itself, because of another, not reached.</summary>
internal static partial class Judge
{
    /// <summary>What a member's end makes of it.</summary>
    public static (Verdict Verdict, string? Reason) Of(MemberRun member, WorkerEnd end)
    {
        if (member.Ending is { } ending) return (ending.Verdict, ending.Text);
        if (end.HostLost is { } host) return (Verdict.Error, $"its host was lost: {host}");
        if (member.Worker is ActionWorker { Failure: { } failure }) return (Verdict.Fail, $"{failure.GetType().Name}: {failure.Message}");
        if (member.Worker is AwaitedWorker awaited)
        {
            if (awaited.Failure is { } why) return (Verdict.Fail, why);
            return member.HasJoined ? (Verdict.Pass, null) : (Verdict.Skip, "it never joined");
        }
        if (end.Signal is { } signal) return (Verdict.Fail, $"it was killed by {Words.OfSignal(signal)}");
        return end.ExitCode is { } code and not 0 ? (Verdict.Fail, $"exit code {code.ToString(CultureInfo.InvariantCulture)}") : (Verdict.Pass, null);
    }

    public static MemberResult ResultOf(MemberRun member) => new()
    {
        Number = member.Number,
        Member = member.Id,
        Role = member.Plan.Role,
        Host = member.Plan.Host.Name,
        Command = member.Plan.CommandText,
        Verdict = member.Verdict,
        Reason = member.Reason,
        Share = member.Share,
        ExitCode = member.ExitCode,
        Signal = member.Signal,
        Started = member.Started,
        Ended = member.Ended,
        Values = new Dictionary<string, string>(member.Values, StringComparer.Ordinal),
        Files = member.Files,
        Clock = member.Clock,
    };

    /// <summary>Which verdict is told of a run: the worst of those who failed by themselves, since what others made of it says nothing more.</summary>
    public static RunResult TotalOf(
        string name,
        string group,
        DateTimeOffset started,
        DateTimeOffset ended,
        IReadOnlyList<MemberRun> members,
        IReadOnlyList<WaitRecord> waits,
        bool areSeen,
        IReadOnlyList<MemberChange> changes,
        Ending? ending)
    {
        foreach (MemberRun member in members.Where(static each => each.Result!.IsChanged || each.Result.Verdict != each.ToldVerdict))
        {
            (member.Verdict, member.Reason) = (member.Result!.Verdict, member.Result.Reason);
            member.IsByCaller = true;
        }
        Blame(members, waits, areSeen);
        foreach (MemberRun member in members)
        {
            (member.Result!.Verdict, member.Result.Reason, member.Result.Share) = (member.Verdict, member.Reason, member.Share);
        }
        MemberRun[] failed = [.. members.Where(static each => each.HasFailed)];
        MemberRun[] roots = [.. failed.Where(static each => each.Share == FailureShare.RootCause)];
        MemberRun? worst = (roots.Length > 0 ? roots : failed).MaxBy(static each => each.Verdict);
        Verdict verdict = worst?.Verdict
            ?? (members.Any(static each => each.Verdict == Verdict.Warn) ? Verdict.Warn
                : members.All(static each => each.Verdict == Verdict.Skip) ? Verdict.Skip
                : Verdict.Pass);
        string? reason = worst is null ? null
            : ending is { IsByCaller: true } && roots.Length == 0 ? ending.Text
            : string.Join("; ", (roots.Length > 0 ? roots : failed).Take(4).Select(static each => $"{each.Id}: {each.Reason}"));
        return new RunResult
        {
            Name = name,
            Group = group,
            Verdict = verdict,
            Reason = reason,
            Started = started,
            Ended = ended,
            Members = [.. members.Select(static each => each.Result!)],
            Waits = [.. waits.Select(wait => Closed(wait, members))],
            Changes = [.. changes],
        };
    }

    /// <summary>A wait that nobody ended, of a member that is gone, ended with it.</summary>
    private static WaitRecord Closed(WaitRecord wait, IReadOnlyList<MemberRun> members) =>
        wait.Ended is null && members.FirstOrDefault(each => each.Id == wait.Member) is { Ended: { } ended }
            ? wait with { Ended = ended > wait.Began ? ended : wait.Began, Outcome = "withdrawn" }
            : wait;
}
