using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// Rounds (RULES 13). A round is met for a member only when every declared member has contributed to it, and a member contributes
// to the next one only after it knows that this one was met: so nobody gets through alone, and nobody misses the others.
internal sealed partial class BoardSession
{
    /// <summary>Rounds that somebody waits for, by number.</summary>
    private readonly SortedDictionary<long, BoardRound> _open = [];

    /// <summary>Rounds that were met, and that somebody who waited has not acknowledged.</summary>
    private int _owedRounds;

    private void Sync(Member member, Request request, in Enter enter, Turn turn)
    {
        BoardMember? known = _board.Find(member.Id);
        if (known?.Owed is { } owed)
        {
            // No start of the member knows how its last call ended: this one is that call again, not a further one.
            request.Round = owed;
            turn.Answer(request, owed.Outcome!);
            return;
        }
        Message message = MessageOf(member, enter, turn);
        if (FaultOfSync(member, known) is { } fault || (fault = FaultOf(message)) is not null)
        {
            turn.Answer(request, Refusal(fault));
            return;
        }
        SyncWait wait = Wait(request, known?.Round ?? 1);
        BoardMember sender = Append(message, request, turn);
        if (request.IsOpen) Stay(wait, sender, turn);
    }

    private SyncWait Wait(Request request, long number)
    {
        // It waits before it contributes, since its own contribution may meet the round.
        if (!_open.TryGetValue(number, out BoardRound? round)) _open.Add(number, round = new BoardRound(number));
        var wait = new SyncWait(request, _board, Group, round);
        request.Round = round;
        round.Waits.Add(wait);
        BoardMember? known = _board.Find(request.Member.Id);
        if (known is not null) known.Wait = wait;
        return wait;
    }

    private void Stay(SyncWait wait, BoardMember sender, Turn turn)
    {
        sender.Wait = wait;
        EndIfBlocked(wait, null, turn);
    }

    /// <summary>Ends the waits for a round with one outcome if all have contributed to it.</summary>
    private void Judge(BoardRound round, Turn turn)
    {
        if (!round.Waits[0].IsMet()) return;
        _open.Remove(round.Number);
        Released outcome = round.Waits[0].Show(turn.Now);
        round.Meet(outcome);
        _owedRounds++;
        if (Group.KeepsFacts) Group.Keep(new KeptRound(Key.Name, round.Number, round.Waits.ConvertAll(static wait => wait.Self)), turn);
        foreach (SyncWait wait in round.Waits)
        {
            _board.Find(wait.Self)!.Owe(round);
            turn.Answer(wait.Request, outcome, shared: true);
        }
    }

    public override void Tell(Member member, Round round)
    {
        if (_board.Find(member.Id) is { Owed: { } owed } sender && ReferenceEquals(owed, round)) Advance(sender);
    }

    public override void MemberAbsent(Member member)
    {
        if (_board.Find(member.Id) is { Owed: not null } sender) Advance(sender);
    }

    public override void ForgetDecided()
    {
        if (_owedRounds == 0) return;
        foreach (BoardMember sender in _board.Senders)
        {
            if (sender.Owed is not null) Advance(sender);
        }
    }

    private void Advance(BoardMember sender)
    {
        if (--sender.Owed!.Untold == 0) _owedRounds--;
        sender.Advance();
    }

    private string? FaultOfSync(Member member, BoardMember? known)
    {
        if (known?.Wait is not null) return $"{member.Id} waits here already; a member waits once in a session at a time.";
        if (Group.Roll is not { IsClosed: true } roll)
            return "the group is open, so it is not known who is to sync: declare the group's roster or roles.";
        return roll.Belongs(member.Id) ? null : $"{member.Id} is not one of the group's members: {roll.Known}.";
    }
}
