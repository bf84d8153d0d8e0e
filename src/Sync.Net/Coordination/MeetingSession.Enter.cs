using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class MeetingSession
{
    public override void Enter(Member member, Request request, in Enter enter, Turn turn)
    {
        if ((enter.Flags & EnterFlags.WholeGroup) != 0) EnterWholeGroup(member, request, enter, turn);
        else EnterRoster(member, request, enter, turn);
    }

    /// <summary>Which generation a request belongs to is all decided here.</summary>
    private void EnterRoster(Member member, Request request, in Enter enter, Turn turn)
    {
        bool observes = (enter.Flags & EnterFlags.Observe) != 0;
        if (observes ? ReplayToObserver(member, request, turn) : ReplayOwed(member, request, turn)) return;

        if (FaultOf(member, enter) is { } fault) turn.Answer(request, Refusal(fault));
        else if (Open is null) OpenNext(member, request, enter, observes, turn);
        else if (!IsOtherGeneration(enter, Open.Number, member, request, turn)) JoinOpen(member, request, enter, observes, turn);
    }

    private void OpenNext(Member member, Request request, in Enter enter, bool observes, Turn turn)
    {
        if (!observes && TellHowTheLastOneBroke(member, request, turn)) return;
        if ((enter.Flags & EnterFlags.PartialRoster) != 0)
        {
            _early.Add(new EarlyEnter(member, request, enter, turn.Now));
            return;
        }
        long number = _lastNumber == 0 && enter.ExpectedGeneration > 0 ? enter.ExpectedGeneration : _lastNumber + 1;
        if (IsOtherGeneration(enter, number, member, request, turn)) return;
        if (!observes && IsStranger(enter.Roster, member, request, turn)) return;
        Open = Opened(number, enter.Roster);
        AdmitEarly(turn);
        if (Open is not null) Join(member, request, enter, turn);
        else EnterRoster(member, request, enter, turn);
    }

    private void JoinOpen(Member member, Request request, in Enter enter, bool observes, Turn turn)
    {
        if (HasOtherRoster(enter))
        {
            if (Open!.Roster.Contains(member.Id)) BreakForRoster(member, request, enter.Roster, turn);
            else RefuseStranger(Open.Roster, member, request, turn);
            return;
        }
        if (observes || !IsStranger(Open!.Roster, member, request, turn)) Join(member, request, enter, turn);
    }

    private void Join(Member member, Request request, in Enter enter, Turn turn)
    {
        Generation open = Open!;
        bool observes = (enter.Flags & EnterFlags.Observe) != 0;
        if (observes)
        {
            _observers.TryAdd(member.Id, _lastNumber);
            open.Observe(member, request, enter.Flags);
        }
        else if (!Contribute(member, request, enter, turn))
        {
            return;
        }

        if (FindGone(open) is { } gone && !open.AllWaitForReturn()) BreakForGone(gone, turn);
        else if (!observes) Judge(turn);
    }

    private bool Contribute(Member member, Request request, in Enter enter, Turn turn)
    {
        Generation open = Open!;
        int position = open.Roster.PositionOf(member.Id);
        open.Arrive(position, member, request, enter.Flags, turn.Now);
        if (!KeepsContributions) return true;
        Group.KeptBytes -= open.KeptBytes;
        open.Keep(position, enter.Data, enter.Contract);
        Group.KeptBytes += open.KeptBytes;

        return !BreaksContract(open, member, enter, turn);
    }

    /// <summary>Why an enter is turned away before it changes anything; null when it may go on.</summary>
    private string? FaultOf(Member member, in Enter enter)
    {
        if (WaitsAlready(member)) return $"{member.Id} waits here already; a member waits once in a session at a time.";
        if ((enter.Flags & EnterFlags.Observe) != 0 && enter.Roster.Contains(member.Id))
        {
            return $"{member.Id} is one of the members that meet here, so it can't only look on.";
        }
        if (enter.Roster.Count == 0) return "nobody is named to meet: bring the roster.";
        if (!KeepsContributions) return null;
        if ((enter.Flags & EnterFlags.PartialRoster) != 0) return "an exchange of data needs the whole roster from each member.";
        return Group.KeptBytes + (enter.Data?.Length ?? 0) > Group.Options.MaxKeptBytes
            ? $"the group keeps at most {Group.Options.MaxKeptBytes} bytes of data (MaxKeptBytes); the server's limit must be raised."
            : null;
    }

    private bool WaitsAlready(Member member)
    {
        int position = Open?.Roster.PositionOf(member.Id) ?? -1;
        return (position >= 0 && Open![position].Waiter is { IsOpen: true }) || WaitsEarly(member);
    }

    /// <summary>An outcome in which the member took part and which no incarnation of it acknowledged.</summary>
    private bool ReplayOwed(Member member, Request request, Turn turn)
    {
        foreach (Generation decided in _owed)
        {
            int position = decided.Roster.PositionOf(member.Id);
            if (position < 0) continue;
            ref Slot slot = ref decided[position];
            if (!slot.Contributed || slot.Told) continue;
            return Replay(decided, member, request, turn);
        }
        return false;
    }

    private bool TellHowTheLastOneBroke(Member member, Request request, Turn turn)
    {
        if (_last?.Outcome is not Failed) return false;
        int position = _last.Roster.PositionOf(member.Id);
        return position >= 0 && !_last[position].Told && Replay(_last, member, request, turn);
    }

    private bool ReplayToObserver(Member member, Request request, Turn turn)
    {
        if (_last is null || !_observers.TryGetValue(member.Id, out long told) || told >= _last.Number) return false;
        _observers[member.Id] = _last.Number;
        return Replay(_last, member, request, turn);
    }

    private static bool Replay(Generation decided, Member member, Request request, Turn turn)
    {
        request.Round = decided;
        turn.Answer(request, decided.Outcome!);
        return true;
    }

    private bool IsOtherGeneration(in Enter enter, long number, Member member, Request request, Turn turn)
    {
        long expected = enter.ExpectedGeneration;
        if (expected == 0 || expected == number) return false;
        string state = Open is null
            ? $"the next one is {number}"
            : $"the others ({Names(Open)}) are in generation {number}";
        turn.Answer(request, OwnFailure(
            SyncFailureKind.Mismatch,
            member.Id,
            $"{member.Id} expects generation {expected}, but {state}: it missed one, or ran a round more than they did; the next call goes to theirs.",
            turn.Now));
        return true;
    }

    private bool HasOtherRoster(in Enter enter)
    {
        if ((enter.Flags & EnterFlags.PartialRoster) == 0) return !Open!.Roster.SameAs(enter.Roster);
        foreach (string named in enter.Roster.Members)
        {
            if (!Open!.Roster.Contains(named)) return true;
        }
        return false;
    }

    private static bool IsStranger(Roster roster, Member member, Request request, Turn turn)
    {
        if (roster.Contains(member.Id)) return false;
        RefuseStranger(roster, member, request, turn);
        return true;
    }

    private static void RefuseStranger(Roster roster, Member member, Request request, Turn turn) =>
        turn.Answer(request, Refusal(
            $"{member.Id} is not one of the members that meet here: {roster}. Another name or group keeps two meetings apart."));

    private bool BreaksContract(Generation open, Member member, in Enter enter, Turn turn)
    {
        if (enter.Data is null || string.IsNullOrEmpty(enter.Contract)) return false;
        if (open.Contract is not { } first)
        {
            open.Contract = (member.Id, enter.Contract);
            return false;
        }
        if (first.Contract == enter.Contract) return false;
        Break(SyncFailureKind.Mismatch, member.Id, $"{first.Member} gave data of contract {first.Contract}, {member.Id} gave {enter.Contract}", turn);
        return true;
    }
}
