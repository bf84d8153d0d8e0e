using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class MeetingSession
{
    /// <summary>Releases the open generation if everybody has come (and, where asked for, confirmed).</summary>
    private void Judge(Turn turn)
    {
        Generation open = Open!;
        if (!open.IsComplete) return;
        open.BeginConfirming();
        if (open.Unconfirmed == 0)
        {
            Release(turn);
            return;
        }
        foreach (ref Slot slot in open.Slots)
        {
            if (slot.Asked) turn.Confirm(slot.Member!);
        }
    }

    public override void Confirm(Member member, Turn turn)
    {
        // Complete and yet open: the release waits for signs of life only.
        if (Open is not { IsComplete: true } open) return;
        int position = open.Roster.PositionOf(member.Id);
        if (position < 0) return;
        open.Confirm(position);
        if (open.Unconfirmed == 0) Release(turn);
    }

    private void Release(Turn turn)
    {
        Generation open = Open!;
        if (_order.Length != open.Arrived) _order = new int[open.Arrived];
        int[] order = _order;
        for (int i = 0; i < open.Slots.Length; i++) order[open[i].Order - 1] = i;

        bool withArrivals = order.Length <= Group.Options.MaxArrivalsByDefault || open.AnyWants(EnterFlags.WantArrivals);
        var released = new Released(
            order.Length,
            order.Length > 1 ? open.Roster.Members[order[^1]] : null,
            withArrivals ? Arrivals(open, order, turn.Now) : null,
            KeepsContributions ? Contributions(open) : null,
            LostAfterGiving(open, turn.Now));
        Decide(released, turn);
    }

    private void Break(SyncFailureKind kind, string? culprit, string? reason, Turn turn) =>
        Decide(Failures.Of(kind, culprit, reason, Open!, Group, Key, turn.Now), turn);

    private void BreakForGone(Member gone, Turn turn) => Break(Failures.KindOf(gone), gone.Id, gone.LossReason, turn);

    private void BreakForRoster(Member member, Request request, Roster brought, Turn turn)
    {
        Generation open = Open!;
        int position = open.Roster.PositionOf(member.Id);
        if (!open[position].Contributed) open.Arrive(position, member, request, EnterFlags.None, turn.Now);
        else request.Round = open;
        Break(SyncFailureKind.Mismatch, member.Id, $"{member.Id} brought the roster [{brought}], the others have [{open.Roster}]", turn);
        if (request.IsOpen) turn.Answer(request, open.Outcome!);
    }

    /// <summary>The one place where a generation ends: one outcome, the same object for every waiter.</summary>
    private void Decide(Outcome outcome, Turn turn)
    {
        Generation decided = Open!;
        Open = null;
        _lastNumber = decided.Number;
        decided.Decide(outcome);
        if (outcome is not Released) DropContributions(decided);
        if (_last is { OwedContributors: 0 }) Forget(_last);
        _last = decided;
        _owed.Add(decided);
        foreach (ref Slot slot in decided.Slots)
        {
            if (slot.Waiter is { IsOpen: true } waiter) turn.Answer(waiter, outcome, shared: true);
        }
        foreach ((Member member, Request request, _) in decided.Observers)
        {
            _observers[member.Id] = decided.Number;
            turn.Answer(request, outcome, shared: true);
        }
        Prune(decided);
    }

    public override void Tell(Member member, Round round)
    {
        var generation = (Generation)round;
        int position = generation.Roster.PositionOf(member.Id);
        if (position >= 0) generation.Tell(position);
        Prune(generation);
    }

    /// <summary>Keeps a decided generation only while somebody is owed its outcome.</summary>
    private void Prune(Generation generation)
    {
        if (generation.Outcome is null || generation.OwedContributors > 0) return;
        bool lastOneMatters = ReferenceEquals(generation, _last)
            && ((generation.Outcome is Failed && generation.OwedOthers > 0) || IsOwedToAnObserver(generation));
        if (!lastOneMatters) Forget(generation);
    }

    public override void ForgetDecided()
    {
        foreach (Generation decided in _owed.ToArray())
        {
            if (decided.OwedContributors > 0) Forget(decided);
        }
    }

    private void Forget(Generation generation)
    {
        if (!_owed.Remove(generation)) return;
        DropContributions(generation);
        if (ReferenceEquals(generation, _last)) _last = null;
        if (generation.MayBeUsedAgain && _observers.Count == 0) _used = generation;
        else generation.Forget();
    }

    private void DropContributions(Generation generation)
    {
        Group.KeptBytes -= generation.KeptBytes;
        generation.ForgetData();
    }

    private bool IsOwedToAnObserver(Generation generation)
    {
        foreach (long told in _observers.Values)
        {
            if (told < generation.Number) return true;
        }
        return false;
    }

    private static ArrivalFact[] Arrivals(Generation open, int[] order, TimeSpan now)
    {
        var arrivals = new ArrivalFact[order.Length];
        for (int i = 0; i < order.Length; i++) arrivals[i] = new ArrivalFact(open.Roster.Members[order[i]], now - open[order[i]].At);
        return arrivals;
    }

    private static Contribution[] Contributions(Generation open)
    {
        var contributions = new Contribution[open.Slots.Length];
        for (int i = 0; i < contributions.Length; i++)
        {
            contributions[i] = new Contribution(open.Roster.Members[i], open[i].Data, open[i].Contract);
        }
        return contributions;
    }

    private static LossFact[] LostAfterGiving(Generation open, TimeSpan now)
    {
        List<LossFact>? lost = null;
        foreach (ref Slot slot in open.Slots)
        {
            if (slot.Member is not { IsGone: true } member) continue;
            (lost ??= []).Add(new LossFact(member.Id, member.LossReason ?? "left", now - (member.LastSeen ?? now), member.LastSession?.Name));
        }
        return lost?.ToArray() ?? [];
    }
}
