using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class CountSession
{
    public override void Enter(Member member, Request request, in Enter enter, Turn turn)
    {
        Ask ask = enter.Ask!;
        if (ask.Act == Act.Clear) Clear(member, request, turn);
        else if (Ask.IsExclusive(ask.Act) && ReplayOwed(member, request, turn)) return;
        else if (FaultOf(member, ask, enter.Roster) is { } fault) turn.Answer(request, Failures.Of(SyncFailureKind.Refused, null, fault));
        else Count(EntryOf(member, request, enter, turn.Now), request, turn);
    }

    private CountEntry EntryOf(Member member, Request request, in Enter enter, TimeSpan now)
    {
        Ask ask = enter.Ask!;
        Roster? named = ask.Act == Act.Wait || enter.Roster.Count == 0 ? null : enter.Roster;
        return new CountEntry(
            member, ask.Act == Act.Add ? null : request, ask.Act, named?.Count ?? ask.Number, named, ask.Code, enter.Flags, now)
        {
            Credit = ask.Act == Act.Add ? ++_lastCredit : 0,
        };
    }

    private void Count(CountEntry entry, Request request, Turn turn)
    {
        if (entry.IsWaiter && Open?.Roster is { } roster && !roster.Contains(entry.Member.Id))
        {
            turn.Answer(request, StrangerTo(roster, entry.Member));
            return;
        }
        if (entry.IsCredit && Group.KeptBytes + entry.KeptBytes > Group.Options.MaxKeptBytes)
        {
            turn.Answer(request, Failures.Of(
                SyncFailureKind.Refused,
                null,
                $"the group keeps at most {Group.Options.MaxKeptBytes} bytes (MaxKeptBytes); clear what is not needed, or raise the server's limit."));
            return;
        }
        Open ??= new CountRound(_lastNumber + 1);
        if (DifferenceOf(entry) is { } other)
        {
            string remedy = other.IsCredit ? "; what was initialised asynchronously stays until it is used or cleared" : "";
            request.Round = Open;
            Failed broken = Break(SyncFailureKind.Mismatch, entry.Member.Id, $"{entry}, {other}{remedy}", turn, entry);
            if (request.IsOpen) turn.Answer(request, broken);
            return;
        }
        Open.Add(entry);
        if (entry.IsCredit)
        {
            Group.KeptBytes += entry.KeptBytes;
            turn.Answer(request, Released.Nothing);
            Keep(entry, request, turn);
        }
        if (entry.Roster is { } named) TurnAwayStrangers(named, turn);
        if (FindGone() is { } gone) BreakForGone(gone, turn);
        else Judge(turn);
    }

    /// <summary>Why a request is turned away before it changes anything; null when it may go on.</summary>
    private string? FaultOf(Member member, Ask ask, Roster named)
    {
        if (ask.Code < 0) return "a code is 0 or more.";
        if (ask.Number is < 0 or > int.MaxValue) return $"as many as {ask.Number} can't wait; the number is between 1 and {int.MaxValue}.";
        if (Ask.IsExclusive(ask.Act) && Open?.WaitOf(member.Id) is not null)
        {
            return $"{member.Id} waits here already; a member waits once in a session at a time.";
        }
        if (ask.Act == Act.Wait) return null;
        if (named.Count == 0) return ask.Number > 0 ? null : "an initialiser says how many are to wait, 1 or more, or names them.";
        if (ask.Act == Act.Initialize && named.Contains(member.Id))
        {
            return $"{member.Id} initialises, so it is not one of those that are counted: name only the others, or initialise asynchronously and wait then.";
        }
        return Outsiders.In(named, Group.Roll) is { } outsiders ? $"not of the group, and so never to wait here: {outsiders}." : null;
    }

    /// <summary>Whose contribution does not go together with this one; null when all do.</summary>
    private CountEntry? DifferenceOf(CountEntry entry)
    {
        CountRound open = Open!;
        if (open.IsEmpty) return null;
        if (open.Participants != (entry.IsWaiter ? entry.Number : 0)) return open.Entries[0];
        if (entry.IsWaiter || open.FirstInitialiser is not { } first) return null;
        bool areAlike = entry.Roster is null ? first.Roster is null : first.Roster?.SameAs(entry.Roster) is true;
        return areAlike ? null : first;
    }

    /// <summary>Those that wait already and are not named once the names are known.</summary>
    private void TurnAwayStrangers(Roster named, Turn turn)
    {
        foreach (CountEntry stranger in Open!.Waiters.Where(each => !named.Contains(each.Member.Id)).ToArray())
        {
            Open.Remove(stranger);
            turn.Answer(stranger.Request!, StrangerTo(named, stranger.Member));
        }
    }

    private static Failed StrangerTo(Roster named, Member member) =>
        Failures.Of(
            SyncFailureKind.Mismatch,
            member.Id,
            $"{member.Id} is not one of those that are named to wait here: {named}. Another name keeps two barriers apart.");

    /// <summary>An outcome in which the member took part and which no incarnation of it acknowledged.</summary>
    private bool ReplayOwed(Member member, Request request, Turn turn)
    {
        if (_owed.Find(each => each.Owes(member.Id)) is not { } decided) return false;
        request.Round = decided;
        turn.Answer(request, decided.Outcome!);
        return true;
    }

    /// <summary>A named member that is gone and does not wait, where somebody here does not wait for its return.</summary>
    private Member? FindGone()
    {
        if (Open is not { Roster: { } named, HasWaits: true } open) return null;
        Member? gone = Group.Gone.FirstOrDefault(each => named.Contains(each.Id) && !open.IsWaiting(each.Id));
        return gone is null || open.AllWaitForReturn ? null : gone;
    }
}
