using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class BoardSession
{
    public override void Enter(Member member, Request request, in Enter enter, Turn turn)
    {
        Ask ask = enter.Ask!;
        switch (ask.Act)
        {
            case Act.Send:
                Send(member, request, enter, turn);
                break;
            case Act.Receive:
                Open(new ReceiveWait(request, _board, Group, ask.Number), turn);
                break;
            case Act.ReceiveAll:
                ReceiveAll(request, enter, turn);
                break;
            case Act.Sync:
                Sync(member, request, enter, turn);
                break;
            default:
                string? excluded = request.Flags.HasFlag(EnterFlags.ExcludeSelf) ? member.Id : null;
                turn.Answer(request, _board.Show(ask.Number, excluded, turn.Now));
                break;
        }
    }

    private void Send(Member member, Request request, in Enter enter, Turn turn)
    {
        Message message = MessageOf(member, enter, turn);
        if (FaultOf(message) is { } fault)
        {
            turn.Answer(request, Refusal(fault));
            return;
        }
        turn.Answer(request, Released.Nothing);
        Append(message, request, turn);
    }

    private void ReceiveAll(Request request, in Enter enter, Turn turn)
    {
        string? role = string.IsNullOrEmpty(enter.Ask!.Text) ? null : enter.Ask.Text;
        Roster? named = enter.Roster.Count > 0 ? enter.Roster : null;
        if (named is null && FaultOf(role) is { } fault)
        {
            turn.Answer(request, Refusal(fault));
            return;
        }
        var wait = new ReceiveAllWait(request, _board, Group, enter.Ask.Number, named, role);
        if (FaultOf(wait) is { } outsider) turn.Answer(request, Refusal(outsider));
        else Open(wait, turn);
    }

    /// <summary>A wait is met, or can't be met, at once; else it stays.</summary>
    private void Open(BoardWait wait, Turn turn)
    {
        if (wait.IsMet())
        {
            turn.Answer(wait.Request, wait.Show(turn.Now));
            return;
        }
        _waits.Add(wait);
        EndIfBlocked(wait, null, turn);
    }

    /// <summary>The message stays, whatever becomes of its sender, and counts once for the sender's round.</summary>
    private BoardMember Append(in Message message, Request request, Turn turn)
    {
        Group.KeptBytes += message.Bytes;
        BoardMember sender = _board.Append(message);
        sender.Contribute();
        if (Group.KeepsFacts) Group.Keep(new KeptMessage(Key.Name, _board.Count, message, sender.Round, request.Identity), turn);
        Judge(turn);
        if (_open.TryGetValue(sender.Round, out BoardRound? round)) Judge(round, turn);
        return sender;
    }

    /// <summary>Ends the waits that are met.</summary>
    private void Judge(Turn turn)
    {
        if (_waits.Count == 0) return;
        List<BoardWait> met = _waits.FindAll(static wait => wait.IsMet());
        if (met.Count == 0) return;
        _waits.RemoveAll(met.ToHashSet().Contains);
        (long After, Released Answer)? last = null;
        foreach (BoardWait wait in met)
        {
            // Many wait for the same message as a rule: one answer serves them.
            if (wait is not ReceiveWait { Excluded: null } receive) turn.Answer(wait.Request, wait.Show(turn.Now));
            else turn.Answer(wait.Request, (last = last?.After == receive.After ? last : (receive.After, wait.Show(turn.Now))).Value.Answer);
        }
    }

    private static Message MessageOf(Member member, in Enter enter, Turn turn) =>
        new(member.Id, member.Role, turn.Now, enter.Data, string.IsNullOrEmpty(enter.Contract) ? null : enter.Contract);

    private string? FaultOf(in Message message) =>
        Group.KeptBytes + message.Bytes > Group.Options.MaxKeptBytes
            ? $"the group keeps at most {Group.Options.MaxKeptBytes} bytes of data (MaxKeptBytes), and messages stay for its life; the server's limit must be raised."
            : null;

    /// <summary>Why the members of a role, or all, can't be waited for.</summary>
    private string? FaultOf(string? role)
    {
        if (Group.Roll is not { IsClosed: true } roll)
            return "the group is open, so it is not known who is to send: name the members, or declare the group's roster or roles.";
        if (role is null || roll.Roles.Contains(role, StringComparer.Ordinal)) return null;
        return roll.Roles.Any() ? $"no member has the role {role}; the group's roles are {string.Join(", ", roll.Roles)}{Roll.Like(role, roll.Roles)}." : $"no member has the role {role}: the group was declared without roles.";
    }

    private string? FaultOf(BoardWait wait) => (wait as ReceiveAllWait)?.Outsider is { } outsider
        ? $"{outsider} is not one of the group's members, so it never sends: {Group.Roll!.Known}."
        : null;

    private static Failed Refusal(string text) => Failures.Of(SyncFailureKind.Refused, null, text);
}
