using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// Commands act for a member over links of their own: they take no seat, and their end loses nobody.
internal sealed partial class Coordinator
{
    private void JoinCommand(Member member, in Join e, Guid command, Turn turn)
    {
        if (member.Link != 0 && member.Incarnation != e.Incarnation)
        {
            turn.Refuse(e.Link, e.Member, RefuseReason.Duplicate, DuplicateText(e.Member));
            return;
        }
        if (member.Incarnation != e.Incarnation || member.LastSeen is null) BecomeIncarnation(member, e.Incarnation, turn);
        if (member.Commands.Find(each => each.Id == command) is { } former)
        {
            _agents.Remove(former.Link);
            turn.Evict(former.Link, e.Member, "the command reconnected");
        }
        else
        {
            former = new Agent(member, command);
            member.Commands.Add(former);
        }
        former.Link = e.Link;
        _agents.Add(e.Link, former);
        _emptySince = null;
        member.Role = e.Role ?? member.Role;
        member.Saw(turn.Now);
        turn.Seat(e.Link, member);
        if (member.Link == 0) BePresent(member, MemberState.Joined, turn);
    }

    /// <summary>A command is over, in whatever way: what it had not finished is withdrawn, and what it was told or owed stays as it is.</summary>
    private void EndCommand(Agent command, Turn turn)
    {
        Member member = command.Member;
        // Nothing reaches it any more: a withdrawal that it did not ask for would look like its own.
        command.Link = 0;
        foreach (Request request in command.Requests.Values.Where(r => r.IsOpen).ToArray())
        {
            request.Session.Withdraw(member, request, WithdrawReason.Cancelled, default, turn);
        }
        member.Commands.Remove(command);
        member.Saw(turn.Now);
        if (member.Link == 0 && member.Commands.Count == 0) BePresent(member, MemberState.BetweenCommands, turn);
    }

    /// <summary>A command brings a lost member back; one that has failed stays so until it is started anew.</summary>
    private void BePresent(Member member, MemberState state, Turn turn)
    {
        if (member.State == MemberState.Failed || member.State == state) return;
        if (state == MemberState.BetweenCommands && member.IsGone) return;
        _gone.Remove(member);
        member.LossReason = null;
        member.State = state;
        Changed(member, turn);
    }
}
