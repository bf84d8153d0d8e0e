using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class MeetingSession
{
    /// <summary>A deadline breaks a barrier's generation.</summary>
    public override void Withdraw(Member member, Request request, WithdrawReason reason, TimeSpan waited, Turn turn)
    {
        if (request.Round is not Generation open)
        {
            WithdrawEarly(request, reason, waited, turn);
            return;
        }

        int position = open.Roster.PositionOf(member.Id);
        bool observes = position < 0;
        if (!observes && !KeepsContributions && reason == WithdrawReason.TimedOut)
        {
            Break(SyncFailureKind.Timeout, member.Id, GaveUp(member, waited), turn);
            return;
        }

        Outcome own = EndOfOwnWait(member, reason, waited, open.Roster.Members, id => open[open.Roster.PositionOf(id)].Contributed, turn.Now);
        if (observes) open.Observers.RemoveAll(each => ReferenceEquals(each.Request, request));
        else if (KeepsContributions) open[position].Waiter = null;
        else open.Undo(position);
        if (open.IsEmpty) Open = null;
        turn.Answer(request, own);
        Confirm(member, turn);
    }

    /// <summary>Breaks the current generation, or else the next one.</summary>
    public override void Abort(Member member, Request request, Roster roster, string reason, Turn turn)
    {
        BreakEarly(SyncFailureKind.Aborted, member.Id, reason, turn);
        if (roster.Count == 0 && Group.Roll?.All is { } all) roster = all;
        if (roster.Count == 0)
        {
            turn.Answer(request, Withdrawn.Instance);
            return;
        }
        if (IsStranger(Open?.Roster ?? roster, member, request, turn)) return;
        // Who came early, and knows no roster, waits for this generation as well.
        Open ??= new Generation(_lastNumber + 1, _early.Count == 0 ? roster : Roster.Of(roster.Members.Union(_early.Select(each => each.Member.Id))));
        int position = Open.Roster.PositionOf(member.Id);
        if (Open[position].Waiter is not { IsOpen: true }) Open.Tell(position);
        turn.Answer(request, Withdrawn.Instance);
        Break(SyncFailureKind.Aborted, member.Id, reason, turn);
        AdmitEarly(turn);
    }

    public override void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn)
    {
        BreakEarly(kind, culprit, reason, turn);
        foreach (EarlyEnter each in _early) turn.Answer(each.Request, Failures.Of(kind, culprit, reason));
        _early.Clear();
        _given.Clear();
        if (Open is not null) Break(kind, culprit, reason, turn);
    }

    public override void MemberGone(Member member, Turn turn)
    {
        EndUnplacedWaits(member, turn);
        EndEarlyFor(member, turn);
        if (Open?.Roster.PositionOf(member.Id) is not { } position || position < 0) return;
        if (KeepsContributions && Open[position].Contributed)
        {
            Confirm(member, turn);
            return;
        }
        if (!Open.AllWaitForReturn())
        {
            BreakForGone(member, turn);
            return;
        }
        if (Open[position].Waiter is { IsOpen: true } waiter) turn.Answer(waiter, GoneOwn(member, turn.Now));
        Open.Undo(position);
        if (Open.IsEmpty) Open = null;
    }

    /// <summary>Waits without a place in the roster, early ones and observers, end with their member.</summary>
    private void EndUnplacedWaits(Member member, Turn turn)
    {
        foreach (EarlyEnter each in _early.FindAll(each => ReferenceEquals(each.Member, member)))
        {
            EndEarly(each);
            turn.Answer(each.Request, GoneOwn(member, turn.Now));
        }
        foreach ((_, Request request, _) in Open?.Observers.FindAll(each => ReferenceEquals(each.Member, member)) ?? [])
        {
            Open!.Observers.RemoveAll(each => ReferenceEquals(each.Request, request));
            turn.Answer(request, GoneOwn(member, turn.Now));
        }
        if (Open is { IsEmpty: true }) Open = null;
        _observers.Remove(member.Id);
        if (_last is not null) Prune(_last);
    }

    public override void MemberAbsent(Member member)
    {
        _observers.Remove(member.Id);
        for (int i = _owed.Count - 1; i >= 0; i--)
        {
            Generation decided = _owed[i];
            int position = decided.Roster.PositionOf(member.Id);
            if (position >= 0 && decided[position].Contributed) decided.Tell(position);
            Prune(decided);
        }
    }

    public override void MemberReplaced(Member member)
    {
        foreach (EarlyEnter each in _early.FindAll(each => ReferenceEquals(each.Member, member))) EndEarly(each);
        Open?.Observers.RemoveAll(each => ReferenceEquals(each.Member, member));
        int position = Open?.Roster.PositionOf(member.Id) ?? -1;
        if (position < 0) return;
        if (KeepsContributions) Open![position].Waiter = null;
        else Open!.Undo(position);
        if (Open.IsEmpty) Open = null;
    }

    private Failed GoneOwn(Member member, TimeSpan now) => OwnFailure(Failures.KindOf(member), member.Id, member.LossReason, now);

    /// <summary>A failure of one request alone; it decides nothing for anybody else.</summary>
    private Failed OwnFailure(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now) =>
        Open is null ? Failures.Of(kind, culprit, reason) : Failures.Of(kind, culprit, reason, Open, Group, Key, now);

    private static Failed Refusal(string reason) => Failures.Of(SyncFailureKind.Refused, null, reason);

    private Member? FindGone(Generation open)
    {
        foreach (Member member in Group.Gone)
        {
            int position = open.Roster.PositionOf(member.Id);
            if (position >= 0 && !open[position].Contributed) return member;
        }
        return null;
    }

    private static string Names(Generation open)
    {
        var names = new List<string>();
        for (int i = 0; i < open.Slots.Length && names.Count < 8; i++)
        {
            if (open[i].Contributed) names.Add(open.Roster.Members[i]);
        }
        return string.Join(", ", names);
    }
}
