namespace Sync.Net.Runner.Engine;

// Start conditions: when they are met, and when they can't be met any more.
internal sealed partial class RunEngine
{
    private void TryGates()
    {
        if (_ending is null)
        {
            foreach (MemberRun member in Waiting().Where(IsMet).ToArray()) Open(member);
            // What one can't do any more another one may have waited for.
            while (Waiting().Select(member => (Member: member, Why: WhyNever(member))).FirstOrDefault(static each => each.Why is not null) is { Why: { } why } never)
            {
                Drop(never.Member, new Ending(Verdict.Error, why.Text, why.Culprit));
            }
        }
        LetGo();
    }

    private IEnumerable<MemberRun> Waiting() => _members.Where(static member => member is { Progress: Progress.Pending, IsDelayed: false });

    private void Open(MemberRun member)
    {
        TimeSpan delay = member.Plan.StartAfter!.Delay;
        if (delay == TimeSpan.Zero)
        {
            Start(member);
            return;
        }
        member.IsDelayed = true;
        member.Timer = TimerOf(delay, () =>
        {
            if (member.Progress == Progress.Pending) Start(member);
        });
    }

    private bool IsMet(MemberRun member)
    {
        StartCondition start = member.Plan.StartAfter!;
        if (start is { Message: null, Role: null, Member: null }) return true;
        MemberRun[] needed = Needed(start);
        return start is { Role: null, Member: null }
            ? _members.Exists(other => Did(other, start))
            : needed.Length > 0 && needed.All(other => Did(other, start));
    }

    private MemberRun[] Needed(StartCondition start) =>
        [.. _members.Where(other => (start.Role is null || other.Plan.Role == start.Role) && (start.Member is null || other.Id == start.Member))];

    private static bool Did(MemberRun member, StartCondition start) => start.Message is { } message ? member.Sent.Contains(message) : member.HasJoined;

    private (string Text, string? Culprit)? WhyNever(MemberRun member)
    {
        StartCondition start = member.Plan.StartAfter!;
        string what = Words.Of(start);
        bool isOfAny = start is { Role: null, Member: null };
        MemberRun[] lacking = [.. Needed(start).Where(other => !Did(other, start))];
        if (!isOfAny && lacking.Length == 0 && !_run.IsOpen) return ($"it was to start {what}, and there is no such member", null);
        if (!isOfAny && lacking.FirstOrDefault(static other => other.IsSettled) is { } over)
            return ($"it was to start {what}, and {over.Id} has ended without that", over.Id);
        // While anybody runs, or is about to, something may yet come; and the caller may yet add somebody who is told of a result.
        if (_members.Exists(static other => other is { IsDelayed: true, Progress: Progress.Pending } or { Progress: Progress.Starting or Progress.Running })) return null;
        if (_members.Exists(static other => other.Progress == Progress.Ending)) return null;
        if (_members.Exists(other => other.Progress == Progress.Pending && IsMet(other))) return null;
        MemberRun? blocked = lacking.FirstOrDefault(static other => other.Progress == Progress.Pending);
        return blocked is not null && !isOfAny
            ? ($"it was to start {what}, and {(blocked == member ? "that is itself" : $"{blocked.Id} waits for its own start")}", null)
            : ($"it was to start {what}, and nobody is left who could do that", null);
    }

    /// <summary>Who is started by hand need not end by itself: when nothing else runs it is let go, unless it is connected.</summary>
    private void LetGo()
    {
        if (_members.Exists(static member => !member.IsOver && member.Worker is not AwaitedWorker)) return;
        if (_members.TrueForAll(static member => member.Worker is AwaitedWorker || member.Plan.Host is Hosts.ElsewhereHost)) return;
        foreach (MemberRun member in _members)
        {
            if (member is { IsOver: false, Worker: AwaitedWorker awaited, State: MemberState.Absent or MemberState.BetweenCommands }) awaited.End(null);
        }
    }
}
