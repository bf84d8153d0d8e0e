using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class CountSession
{
    /// <summary>After every change: releases the open round if the sum says so, and drops it if nothing is left of it.</summary>
    private void Judge(Turn turn)
    {
        if (Open is { IsMet: true } met) Decide(Release(met, turn.Now), turn);
        else if (Open is { IsEmpty: true }) Open = null;
    }

    private Released Release(CountRound met, TimeSpan now)
    {
        CountEntry[] together = [.. met.Entries.Where(static each => !each.IsCredit)];
        int code = met.Entries.Max(static each => each.Code);
        bool wanted = together.Any(static each => each.Flags.HasFlag(EnterFlags.WantArrivals));
        bool MayGoAlong(int count) => wanted || count <= Group.Options.MaxArrivalsByDefault;
        return new Released(
            together.Length,
            together.Length > 1 ? together[^1].Member.Id : null,
            MayGoAlong(together.Length) ? Array.ConvertAll(together, each => new ArrivalFact(each.Member.Id, now - each.At)) : null,
            MayGoAlong(met.Entries.Count) ? [.. met.Entries.Select(each => new Contribution(each.Member.Id, null, null, met.ChangeOf(each)))] : null,
            [],
            code,
            code == 0 ? null : [.. met.Entries.Where(each => each.Code == code).Select(static each => each.Member.Id).Distinct(StringComparer.Ordinal)]);
    }

    private void BreakForGone(Member gone, Turn turn) => Break(Failures.KindOf(gone), gone.Id, gone.LossReason, turn);

    private Failed Break(SyncFailureKind kind, string? culprit, string? reason, Turn turn, CountEntry? latest = null)
    {
        Failed failed = Failure(kind, culprit, reason, turn.Now);
        Decide(failed, turn, latest);
        return failed;
    }

    /// <summary>The one place where a round ends: one outcome, the same object for every wait.</summary>
    private void Decide(Outcome outcome, Turn turn, CountEntry? latest = null)
    {
        CountRound decided = Open!;
        Open = null;
        _lastNumber = decided.Number;
        decided.Decide(outcome, latest);
        if (decided.IsOwed) _owed.Add(decided);
        foreach (CountEntry credit in decided.Credits)
        {
            if (outcome is Released) Forget(credit, turn);
            else (Open ??= new CountRound(_lastNumber + 1)).Add(credit);
        }
        foreach (CountEntry each in decided.Entries)
        {
            if (each.Request is { } wait) turn.Answer(wait, outcome, shared: true);
        }
        if (latest?.Request is { } last) turn.Answer(last, outcome, shared: true);
    }

    /// <summary>Of a bare count it is known who waits, and not who is missing.</summary>
    private Failed Failure(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now)
    {
        CountRound open = Open!;
        IEnumerable<string> expected = open.Roster?.Members ?? open.Waiters.Select(static each => each.Member.Id);
        return Failures.Of(kind, culprit, reason, expected, open.IsWaiting, Group, Key, now);
    }

    /// <summary>What the open round lacks, in words; null where the missing are known by name.</summary>
    private string? Lack => Open switch
    {
        null or { Roster: not null } => null,
        { Participants: > 0 and var participants } open => $"{open.WaiterCount} of {participants} wait",
        { HasInitialiser: false } => "nobody has initialised it",
        { Sum: 1 } => "1 more has to wait",
        { Sum: > 0 and var sum } => $"{sum} more have to wait",
        { Sum: var sum } => $"{-sum} more {(sum == -1 ? "waits" : "wait")} than initialisers have counted",
    };
}
