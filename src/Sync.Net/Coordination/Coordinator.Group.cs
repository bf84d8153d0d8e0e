using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// The group as a whole: who belongs to it, how it changes, and when it is over.
internal sealed partial class Coordinator
{
    /// <summary>One, as a rule: that of the group's own name.</summary>
    private readonly List<GroupSession> _groupSessions = [];

    private readonly MemberLog _log = new(options.FirstVersion);
    private Roll? _roll;

    /// <summary>The version of the roll that the sessions know of.</summary>
    private int _rollTold = -1;

    /// <summary>Why the group is over; null as a rule.</summary>
    private Failed? _end;

    IMemberLog IGroup.Log => _log;

    /// <summary>The first declaration counts for the group's life.</summary>
    string? IGroup.Declare(Member member, Roster lines, bool oneWaitAtATime)
    {
        string? malformed = null;
        Roll? declared = _roll?.Lines.SameAs(lines) == true ? _roll : Roll.Of(lines, out malformed);
        if (declared is null) return malformed;
        Roll roll = _roll ?? declared;
        if (roll.Size > Options.MaxMembers) return $"the group is to have {roll.Size} members, and at most {Options.MaxMembers} are allowed (MaxMembers); the server's limit must be raised";
        if (roll != declared) return $"{member.Id} declares the group as [{declared}], and it is [{roll}]";
        string? role = member.Role;
        if (roll.Admit(member.Id, ref role) is { } fault) return fault;
        _roll = roll;
        member.Role = role;
        member.HasDeclared = true;
        member.OneWaitAtATime = oneWaitAtATime;
        return null;
    }

    void IGroup.Changed(Member? member, Turn turn)
    {
        Changed(member, turn);
        if (member is not null) TellDeadlock(member, turn);
    }

    private void Changed(Member? member, Turn turn)
    {
        if (member is not null) _log.Add(member);
        if (Options.IsObserved && member is not null && member.StateSeen != member.State)
        {
            member.StateSeen = member.State;
            turn.Become(member);
        }
        if (_roll is { IsClosed: true } roll && _rollTold != roll.Version)
        {
            _rollTold = roll.Version;
            foreach (Session session in _sessions.Values.ToArray()) session.SeatTaken(turn);
        }
        foreach (GroupSession session in _groupSessions.ToArray())
        {
            session.MembersChanged(turn);
        }
    }

    void IGroup.Fail(Member member, string reason, Turn turn) => Remove(member, MemberState.Failed, reason, turn);

    void IGroup.EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn) => EndAll(kind, culprit, reason, turn);

    private void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn)
    {
        foreach (Session session in _sessions.Values.ToArray()) session.EndAll(kind, culprit, reason, turn);
    }

    /// <summary>A member of an essential role ends the group with it.</summary>
    private void EndIfEssential(Member member, Turn turn)
    {
        if (_end is not null || member.State is MemberState.Left || _roll?.IsEssential(member.Role) != true) return;
        SyncFailureKind kind = Failures.KindOf(member);
        string reason = $"{member.LossReason ?? "no reason is known"}; its role {member.Role} is essential, so the group is over";
        EndAll(kind, member.Id, reason, turn);
        _end = Failures.Of(kind, member.Id, reason);
    }
}
