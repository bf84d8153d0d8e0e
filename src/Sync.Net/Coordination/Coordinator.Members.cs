using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class Coordinator
{
    public void Apply(in Join e, TimeSpan now, List<Effect> effects)
    {
        var turn = new Turn(now, effects);
        if (AdmissionFault(e) is { } stranger)
        {
            turn.Refuse(e.Link, e.Member, RefuseReason.Stranger, stranger);
            return;
        }
        if (!_members.TryGetValue(e.Member, out Member? member))
        {
            if (_members.Count >= Options.MaxMembers)
            {
                turn.Refuse(e.Link, e.Member, RefuseReason.Limit, $"the group has {Options.MaxMembers} members (MaxMembers)");
                return;
            }
            _members.Add(e.Member, member = new Member(e.Member));
        }

        if (member.WasReplaced(e.Incarnation))
        {
            turn.Refuse(e.Link, e.Member, RefuseReason.Replaced, $"a newer start of {e.Member} has its seat");
        }
        else if (e.Command is { } command)
        {
            JoinCommand(member, e, command, turn);
        }
        else if (member.Link == 0 || member.Incarnation == e.Incarnation)
        {
            Seat(member, e, turn);
            ShowLife(member, turn);
            TellDeadlock(member, turn);
        }
        else if (_newcomers.TryGetValue(e.Member, out Newcomer waiting) && waiting.Join.Incarnation == e.Incarnation)
        {
            turn.Evict(waiting.Join.Link, e.Member, "the member reconnected");
            _newcomers[e.Member] = waiting with { Join = e };
        }
        else if (_newcomers.ContainsKey(e.Member))
        {
            turn.Refuse(e.Link, e.Member, RefuseReason.Duplicate, DuplicateText(e.Member));
        }
        else
        {
            _newcomers.Add(e.Member, new Newcomer(e, now + Options.ProbeTimeout));
            turn.Probe(member);
        }
    }

    public void Apply(in Depart e, TimeSpan now, List<Effect> effects)
    {
        if (ForgetNewcomer(e.Link) || !_agents.Remove(e.Link, out Agent? agent)) return;
        if (_agents.Count == 0) _emptySince = now;
        var turn = new Turn(now, effects);
        Member member = agent.Member;
        if (agent.IsCommand)
        {
            EndCommand(agent, turn);
            if (e.Left && member is { Link: 0, State: not MemberState.Failed }) Remove(member, MemberState.Left, null, turn);
            return;
        }
        foreach (Request request in agent.Requests.Values.Where(r => r.IsOpen).ToArray())
        {
            request.Session.Withdraw(member, request, WithdrawReason.Cancelled, default, turn);
        }
        member.Link = 0;
        member.Saw(now);
        foreach (Session session in _sessions.Values) session.MemberAbsent(member);
        agent.Requests.Clear();
        if (member.State == MemberState.Failed) _gone.Add(member);
        else if (e.Left) Remove(member, MemberState.Left, null, turn);
        else BecomeAbsent(member, turn);
        SeatNewcomer(member, turn);
    }

    public void Apply(in Disconnect e, TimeSpan now, List<Effect> effects)
    {
        if (ForgetNewcomer(e.Link) || !_agents.TryGetValue(e.Link, out Agent? agent)) return;
        var turn = new Turn(now, effects);
        Member member = agent.Member;
        if (agent.IsCommand)
        {
            _agents.Remove(e.Link);
            if (_agents.Count == 0) _emptySince = now;
            EndCommand(agent, turn);
            return;
        }
        if (member.State == MemberState.Joined) member.Saw(now);
        Lose(member, e.Reason, turn);
        SeatNewcomer(member, turn);
    }

    public void Apply(in Silence e, TimeSpan now, List<Effect> effects)
    {
        if (!_agents.TryGetValue(e.Link, out Agent? agent)) return;
        Member member = agent.Member;
        if (agent.IsCommand) return;
        member.Saw(now - e.For);
        if (member.State == MemberState.Failed) return;
        member.State = MemberState.Away;
        var turn = new Turn(now, effects);
        turn.Note(member.Id, $"silent for {Durations.Of(e.For)}");
        Changed(member, turn);
    }

    public void Apply(in Heard e, TimeSpan now, List<Effect> effects)
    {
        if (!_agents.TryGetValue(e.Link, out Agent? agent)) return;
        Member member = agent.Member;
        member.Saw(now);
        if (agent.IsCommand || member.State == MemberState.Failed) return;
        member.State = MemberState.Joined;
        var turn = new Turn(now, effects);
        Changed(member, turn);
        TellDeadlock(member, turn);
    }

    public void Apply(in Alive e, TimeSpan now, List<Effect> effects)
    {
        if (!_agents.TryGetValue(e.Link, out Agent? agent)) return;
        var turn = new Turn(now, effects);
        ShowLife(agent.Member, turn);
        TellDeadlock(agent.Member, turn);
    }

    public void Tick(TimeSpan now, List<Effect> effects)
    {
        if (_emptySince + Options.ReturnWindow <= now)
        {
            foreach (Session session in _sessions.Values) session.ForgetDecided();
        }
        var turn = new Turn(now, effects);
        foreach (Newcomer due in _newcomers.Values.Where(n => n.Deadline <= now).ToArray())
        {
            Member member = _members[due.Join.Member];
            turn.Evict(member.Link, member.Id, $"this process did not answer when another start of {member.Id} asked for its seat");
            Lose(member, $"it did not answer for {Durations.Of(Options.ProbeTimeout)} when another start of it asked for its seat", turn);
            SeatNewcomer(member, turn);
        }
    }

    private void Seat(Member member, in Join e, Turn turn)
    {
        if (member.Link != 0)
        {
            _agents.Remove(member.Link);
            turn.Evict(member.Link, member.Id, "the member reconnected");
        }
        bool isNew = member.Incarnation != e.Incarnation || member.LastSeen is null;
        if (isNew) BecomeIncarnation(member, e.Incarnation, turn);
        if (isNew || member.State != MemberState.Failed)
        {
            _gone.Remove(member);
            member.State = MemberState.Joined;
            member.LossReason = null;
        }
        member.Role = e.Role ?? member.Role;
        member.Link = e.Link;
        _emptySince = null;
        member.Saw(turn.Now);
        _agents.Add(e.Link, member.Seat);
        turn.Seat(e.Link, member);
        Changed(member, turn);
    }

    /// <summary>Nobody waits for the answers to the old one's requests, and commands of the old one are over.</summary>
    private void BecomeIncarnation(Member member, Guid incarnation, Turn turn)
    {
        foreach (Agent command in member.Commands.ToArray())
        {
            _agents.Remove(command.Link);
            turn.Evict(command.Link, member.Id, $"a newer start of {member.Id} has taken its place");
            EndCommand(command, turn);
        }
        foreach (Request request in member.Requests.Where(static each => each is { IsOpen: true, Number: not 0 }))
        {
            turn.End(request, Failures.Of(SyncFailureKind.MemberLost, member.Id, $"a newer start of {member.Id} has taken its place"));
        }
        foreach (Session session in _sessions.Values) session.MemberReplaced(member);
        member.BecomeIncarnation(incarnation);
    }

    private void BecomeAbsent(Member member, Turn turn)
    {
        member.State = MemberState.Absent;
        Changed(member, turn);
    }

    /// <summary>Whoever asked the member for a sign of life has it; a reconnect is one as well, since it overtakes the question.</summary>
    private void ShowLife(Member member, Turn turn)
    {
        if (_newcomers.Remove(member.Id, out Newcomer newcomer))
        {
            turn.Refuse(newcomer.Join.Link, member.Id, RefuseReason.Duplicate, DuplicateText(member.Id));
        }
        foreach (Request request in member.Requests.Where(r => r.IsOpen).ToArray()) request.Session.Confirm(member, turn);
    }

    private void Lose(Member member, string reason, Turn turn)
    {
        _agents.Remove(member.Link);
        if (_agents.Count == 0) _emptySince = turn.Now;
        member.Link = 0;
        if (member.State == MemberState.Failed) Remove(member, MemberState.Failed, member.LossReason, turn);
        else Remove(member, MemberState.Lost, reason, turn);
        turn.Note(member.Id, reason);
    }

    private void Remove(Member member, MemberState state, string? reason, Turn turn)
    {
        member.State = state;
        member.LossReason = reason;
        _gone.Add(member);
        foreach (Session session in _sessions.Values.ToArray()) session.MemberGone(member, turn);
        EndIfEssential(member, turn);
        Changed(member, turn);
    }

    private void SeatNewcomer(Member member, Turn turn)
    {
        if (_newcomers.Remove(member.Id, out Newcomer newcomer)) Seat(member, newcomer.Join, turn);
    }

    /// <summary>Closed groups have no place for others; a declared group gives a seat by role to who comes for it.</summary>
    private string? AdmissionFault(in Join e)
    {
        if (_roll is not { IsClosed: true } roll) return null;
        string? role = e.Role ?? _members.GetValueOrDefault(e.Member)?.Role;
        return roll.Admit(e.Member, ref role) is { } fault ? $"{fault}." : null;
    }

    private bool ForgetNewcomer(long link)
    {
        foreach ((string member, Newcomer newcomer) in _newcomers)
        {
            if (newcomer.Join.Link == link) return _newcomers.Remove(member);
        }
        return false;
    }

    private static string DuplicateText(string member) =>
        $"another live process is member {member}";
}
