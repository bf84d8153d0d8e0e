using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// Waits whose roster is not known yet: a member named only a part of it and came before anybody who knows all of it, or it
// meets the whole group, some of whose seats nobody has taken.
internal sealed partial class MeetingSession
{
    private readonly List<EarlyEnter> _early = [];

    /// <summary>What was given early, by members whose waits have ended: it stays.</summary>
    private readonly Dictionary<Member, EarlyEnter> _given = [];

    public override void SeatTaken(Turn turn)
    {
        if (Group.Roll?.All is null) return;
        if (_early.Exists(static each => each.WantsGroup)) AdmitEarly(turn);
        if (_given.Count > 0) AdmitGiven(turn);
    }

    private void EnterWholeGroup(Member member, Request request, in Enter enter, Turn turn)
    {
        if (Group.Roll is not { IsClosed: true } roll)
        {
            turn.Answer(request, Refusal("the group is open, so it is not known who is to meet: name the members, or declare the group's roster or roles."));
        }
        else if (roll.All is { } all)
        {
            EnterRoster(member, request, enter with { Roster = all, Flags = enter.Flags & ~EnterFlags.WholeGroup }, turn);
        }
        else if (FaultOf(member, enter with { Roster = roll.Known }) is { } fault)
        {
            turn.Answer(request, Refusal(fault));
        }
        else
        {
            // Without data of its own the call goes on with what the member gave before.
            Enter whole = _given.Remove(member, out EarlyEnter given) && enter.Data is null
                ? enter with { Data = given.Enter.Data, Contract = given.Enter.Contract }
                : enter;
            _early.Add(new EarlyEnter(member, request, whole, turn.Now));
            foreach (Member gone in Group.Gone.ToArray()) EndEarlyFor(gone, turn);
        }
    }

    /// <summary>Members that came early take their places once the whole roster is known.</summary>
    private void AdmitEarly(Turn turn)
    {
        EarlyEnter[] early = [.. _early];
        _early.Clear();
        foreach (EarlyEnter each in early)
        {
            Enter(each.Member, each.Request, each.Enter, turn);
            if (ReferenceEquals(each.Request.Round, Open)) Open?.Since(Open.Roster.PositionOf(each.Member.Id), each.At);
        }
    }

    /// <summary>What members gave whose waits have ended takes its place, too.</summary>
    private void AdmitGiven(Turn turn)
    {
        EarlyEnter[] given = [.. _given.Values];
        _given.Clear();
        Open ??= new Generation(_lastNumber + 1, Group.Roll!.All!);
        foreach (EarlyEnter each in given)
        {
            if (Open is null || !Open.Roster.Contains(each.Member.Id) || Open[Open.Roster.PositionOf(each.Member.Id)].Contributed) continue;
            if (!Contribute(each.Member, each.Request, each.Enter, turn)) return;
            Open.Since(Open.Roster.PositionOf(each.Member.Id), each.At);
        }
        if (Open is not null) Judge(turn);
    }

    /// <summary>An early wait has ended; of an exchange its data stays.</summary>
    private void EndEarly(in EarlyEnter early)
    {
        _early.Remove(early);
        if (KeepsContributions && early.WantsGroup) _given[early.Member] = early;
    }

    private void WithdrawEarly(Request request, WithdrawReason reason, TimeSpan waited, Turn turn)
    {
        EarlyEnter early = _early.Find(each => ReferenceEquals(each.Request, request));
        if (early.WantsGroup && reason == WithdrawReason.TimedOut && !KeepsContributions)
        {
            BreakEarly(SyncFailureKind.Timeout, early.Member.Id, GaveUp(early.Member, waited), turn);
            return;
        }
        turn.Answer(request, EndOfEarlyWait(early, reason, waited, turn.Now));
        EndEarly(early);
    }

    /// <summary>Who came early knows of the others at least whom its own list names.</summary>
    private Outcome EndOfEarlyWait(in EarlyEnter early, WithdrawReason reason, TimeSpan waited, TimeSpan now)
    {
        if (reason == WithdrawReason.Cancelled) return Withdrawn.Instance;
        if (early.WantsGroup) return EarlyFailure(SyncFailureKind.Timeout, early.Member.Id, GaveUp(early.Member, waited), now);
        string self = early.Member.Id;
        return Failures.Of(
            SyncFailureKind.Timeout, self, GaveUp(early.Member, waited), early.Enter.Roster.Members, id => id == self, Group, Key, now);
    }

    /// <summary>A seat of the group that is gone is needed by all that wait for the whole group.</summary>
    private void EndEarlyFor(Member gone, Turn turn)
    {
        bool isNeeded = Group.Roll?.Belongs(gone.Id) == true
            && !_given.ContainsKey(gone)
            && _early.Exists(each => each.WantsGroup && !each.Enter.Flags.HasFlag(EnterFlags.WaitForReturn));
        if (isNeeded) BreakEarly(Failures.KindOf(gone), gone.Id, gone.LossReason, turn);
    }

    private void BreakEarly(SyncFailureKind kind, string? culprit, string? reason, Turn turn)
    {
        Failed failed = EarlyFailure(kind, culprit, reason, turn.Now);
        foreach (EarlyEnter each in _early.FindAll(static each => each.WantsGroup)) turn.Answer(each.Request, failed);
        _early.RemoveAll(static each => each.WantsGroup);
        _given.Clear();
    }

    private Failed EarlyFailure(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now) =>
        Failures.OfGroup(kind, culprit, reason, null, HasComeEarly, Group, Key, now);

    // Each enter asks; by hand, because a predicate would be made for each.
    private bool WaitsEarly(Member member)
    {
        foreach (EarlyEnter each in _early)
        {
            if (ReferenceEquals(each.Member, member)) return true;
        }
        return false;
    }

    private bool HasComeEarly(string id) => _early.Exists(each => each.Member.Id == id) || _given.Keys.Any(member => member.Id == id);

    private readonly record struct EarlyEnter(Member Member, Request Request, Enter Enter, TimeSpan At)
    {
        /// <summary>It meets the whole group; otherwise it named a part of its roster.</summary>
        public bool WantsGroup => Enter.Flags.HasFlag(EnterFlags.WholeGroup);
    }
}
