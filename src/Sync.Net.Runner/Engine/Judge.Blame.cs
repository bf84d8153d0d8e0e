namespace Sync.Net.Runner.Engine;

internal static partial class Judge
{
    // Member lost, left, failed: docs/cli.md.
    private const int FirstOthersCode = 81;
    private const int LastOthersCode = 83;

    /// <summary>
    /// Settles each member's part in the failure: from a failed wait, or from being ended, to the member because of which, on to one that
    /// failed without another.
    /// </summary>
    /// <param name="members">The members.</param>
    /// <param name="waits">Their waits.</param>
    /// <param name="areSeen">Whether these are all; else exit codes must do where no wait tells.</param>
    public static void Blame(IReadOnlyList<MemberRun> members, IReadOnlyList<WaitRecord> waits, bool areSeen)
    {
        Dictionary<string, MemberRun> byId = members.ToDictionary(static each => each.Id, StringComparer.Ordinal);
        foreach (WaitRecord wait in waits) BlameEarly(wait, byId);
        var because = new Dictionary<MemberRun, MemberRun>();
        MemberRun[] failed = [.. members.Where(static each => each is { IsOver: true, HasFailed: true, Share: not FailureShare.NotReached })];
        foreach (MemberRun member in failed)
        {
            if ((CulpritOf(member, byId, waits) ?? (areSeen ? null : CulpritByCode(member, failed))) is { } culprit) because[member] = culprit;
        }
        foreach (MemberRun member in members)
        {
            if (member.Share == FailureShare.NotReached && member.HasFailed) continue;
            member.Share = !member.HasFailed || !member.IsOver || member.Ending is { IsByCaller: true } ? FailureShare.None
                : IsBecauseOfAnother(member, because) ? FailureShare.Collateral
                : FailureShare.RootCause;
        }
    }

    /// <summary>A member that passed, and was waited for in vain: it ended too early, or never came.</summary>
    private static void BlameEarly(WaitRecord wait, Dictionary<string, MemberRun> byId)
    {
        if (wait.IsMet || wait.Outcome is "open" or "withdrawn" || !byId.TryGetValue(wait.Member, out MemberRun? waiter)) return;
        if (wait.Outcome is "member-left" or "member-lost" && wait.Culprit is { } id && byId.TryGetValue(id, out MemberRun? early) && early != waiter)
            Demote(early, waiter, $"it ended (exit code 0) too early: {waiter.Id} still waited for it in {wait.Kind} '{wait.Session}'");
        foreach (string missing in wait.Missing)
        {
            if (wait.Outcome == "timeout" && byId.TryGetValue(missing, out MemberRun? absent) && absent is { Verdict: Verdict.Skip, IsOver: true })
                Demote(absent, waiter, $"it never joined, and {waiter.Id} waited for it in {wait.Kind} '{wait.Session}'");
        }
    }

    private static void Demote(MemberRun member, MemberRun waiter, string why)
    {
        if (!member.IsOver || member.IsByCaller || member.Verdict is not (Verdict.Pass or Verdict.Warn or Verdict.Skip)) return;
        // Who could do without it has shown that nothing was missed for good.
        Verdict verdict = waiter is { IsOver: true, HasFailed: true } ? Verdict.Fail : Verdict.Warn;
        if (verdict == Verdict.Warn && member.Verdict == Verdict.Warn) return;
        if (verdict == Verdict.Warn && !waiter.IsOver) return;
        (member.Verdict, member.Reason) = (verdict, why);
    }

    private static MemberRun? CulpritOf(MemberRun member, Dictionary<string, MemberRun> byId, IReadOnlyList<WaitRecord> waits)
    {
        if (member.Culprit is { } ender && byId.TryGetValue(ender, out MemberRun? culprit)) return culprit;
        if (member.Ending is not null) return member.WaitedFor.Select(byId.GetValueOrDefault).FirstOrDefault(other => CanBeCause(other, member));
        foreach (WaitRecord wait in waits)
        {
            if (wait.Member != member.Id || wait.IsMet || wait.Outcome is "open" or "withdrawn") continue;
            if (wait.Culprit is { } id && byId.TryGetValue(id, out culprit) && CanBeCause(culprit, member)) return culprit;
            if (wait.Missing.Select(byId.GetValueOrDefault).FirstOrDefault(other => CanBeCause(other, member)) is { } missing) return missing;
        }
        return null;
    }

    /// <summary>The tool says by its exit code that another member ended a wait: then the first that failed otherwise did.</summary>
    private static MemberRun? CulpritByCode(MemberRun member, MemberRun[] failed) => !SaysAnotherFailed(member) ? null
        : failed.Where(other => other != member && !SaysAnotherFailed(other)).MinBy(static other => other.Ended);

    private static bool SaysAnotherFailed(MemberRun member) => member.Ending is { Culprit: not null } || member.ExitCode is >= FirstOthersCode and <= LastOthersCode;

    private static bool CanBeCause(MemberRun? other, MemberRun member) =>
        other is { HasFailed: true, Share: not FailureShare.NotReached } && other != member;

    /// <summary>In a circle each failed as much by itself as any other.</summary>
    private static bool IsBecauseOfAnother(MemberRun member, Dictionary<MemberRun, MemberRun> because)
    {
        var seen = new HashSet<MemberRun>();
        MemberRun at = member;
        while (because.TryGetValue(at, out MemberRun? next))
        {
            if (!seen.Add(at)) return false;
            if (next == member) return false;
            at = next;
        }
        return at != member;
    }
}
