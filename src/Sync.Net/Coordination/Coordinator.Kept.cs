using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// What outlives the server: told as effects when it happens, and read again by the next one. A group of which nothing is kept tells
// nothing; with the first fact it tells who belongs to it as well.
internal sealed partial class Coordinator
{
    private readonly Dictionary<string, KeptMember> _keptMembers = new(StringComparer.Ordinal);

    /// <summary>The requests behind what was kept by an earlier server; null where there was none.</summary>
    private HashSet<(RequestId Request, SessionKey Session)>? _formerRequests;

    private bool _isDeclarationKept;

    /// <summary>Something of it is in the store.</summary>
    public bool IsKept { get; private set; }

    bool IGroup.KeepsFacts => Options.KeepsFacts;

    void IGroup.Keep(KeptFact fact, Turn turn) => Keep(fact, turn);

    private void Keep(KeptFact fact, Turn turn)
    {
        if (!IsKept)
        {
            IsKept = true;
            KeepDeclaration(turn);
            foreach (Member member in _members.Values) KeepMember(member, turn);
        }
        turn.Keep(fact);
    }

    /// <summary>What a member says for good outlives the server; whether it is connected, or was lost, does not.</summary>
    private void KeepMember(Member member, Turn turn)
    {
        bool hasFailed = member.State == MemberState.Failed;
        if (!Options.KeepsFacts || !(IsKept || hasFailed)) return;
        KeepDeclaration(turn);
        var now = new KeptMember(
            member.Id,
            member.Role,
            _roll is { IsClosed: true } roll && roll.Belongs(member.Id),
            hasFailed || member.State == MemberState.Left ? member.State : MemberState.Absent,
            hasFailed ? member.LossReason : null,
            hasFailed ? member.Incarnation : default);
        if (_keptMembers.GetValueOrDefault(member.Id) == now) return;
        _keptMembers[member.Id] = now;
        Keep(now, turn);
    }

    private void KeepDeclaration(Turn turn)
    {
        if (!IsKept || _isDeclarationKept || _roll is not { } roll) return;
        _isDeclarationKept = true;
        turn.Keep(new KeptDeclaration(roll.Lines));
    }

    /// <summary>Begins where an earlier server ended, before anybody joins.</summary>
    public void Restore(IEnumerable<KeptFact> facts, TimeSpan now)
    {
        IsKept = true;
        _emptySince = now;
        foreach (KeptFact fact in facts) Restore(fact, now);
    }

    private void Restore(KeptFact fact, TimeSpan now)
    {
        switch (fact)
        {
            case KeptDeclaration declaration:
                _roll = Roll.Of(declaration.Lines, out string? fault) ?? throw new InvalidOperationException(fault);
                _isDeclarationKept = true;
                break;
            case KeptMember member:
                Restore(member, now);
                break;
            case KeptEnd end:
                _end = Failures.Of(end.Kind, end.Culprit, end.Reason);
                break;
            case KeptMessage message:
                Of<BoardSession>(SessionKind.Board, message.Board).Restore(message);
                RememberRequest(message.Request, new SessionKey(SessionKind.Board, message.Board));
                break;
            case KeptRound round:
                Of<BoardSession>(SessionKind.Board, round.Board).Restore(round);
                break;
            case KeptState state:
                Of<StateSession>(SessionKind.State, state.Session).Restore(state);
                break;
            case KeptCredit credit:
                Of<CountSession>(SessionKind.Count, credit.Session).Restore(credit, KnownOrNew(credit.Member));
                RememberRequest(credit.Request, new SessionKey(SessionKind.Count, credit.Session));
                break;
            case UsedCredit used:
                Of<CountSession>(SessionKind.Count, used.Session).Restore(used);
                break;
        }
    }

    private void Restore(KeptMember kept, TimeSpan now)
    {
        _keptMembers[kept.Member] = kept;
        Member member = KnownOrNew(kept.Member);
        string? role = kept.Role;
        if (kept.Belongs) _roll?.Admit(kept.Member, ref role);
        member.Role = role;
        member.State = kept.State;
        if (!member.IsGone)
        {
            _gone.Remove(member);
            return;
        }
        _gone.Add(member);
        if (kept.State != MemberState.Failed) return;
        member.BecomeIncarnation(kept.Incarnation);
        member.LossReason = kept.Reason;
        member.Saw(now);
    }

    private Member KnownOrNew(string id)
    {
        if (!_members.TryGetValue(id, out Member? member)) _members.Add(id, member = new Member(id));
        return member;
    }

    private T Of<T>(SessionKind kind, string name)
        where T : Session
    {
        var key = new SessionKey(kind, name);
        if (!_sessions.TryGetValue(key, out Session? session)) Add(session = NewSession(key));
        return (T)session;
    }

    private void RememberRequest(in RequestId request, SessionKey session)
    {
        // Without an id of its own a process can't be told from the next one.
        if (request.Agent != Guid.Empty) (_formerRequests ??= []).Add((request, session));
    }

    private bool WasTakenBefore(Request request) => _formerRequests?.Contains((request.Identity, request.Session.Key)) == true;
}
