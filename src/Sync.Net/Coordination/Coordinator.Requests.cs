using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class Coordinator
{
    private long _lastObserved;

    public void Apply(in Enter e, TimeSpan now, List<Effect> effects)
    {
        var turn = new Turn(now, effects);
        Act act = e.Ask?.Act ?? Act.Meet;
        if (Take(e.Link, e.Request, e.Session, act, e.Flags, e.From, turn, act == Act.Send ? e.Data : null) is not var (member, request)) return;
        request.Session.UsedBy = member.Id;
        if (WasTakenBefore(request)) request.Session.EnterAgain(member, request, e, turn);
        else request.Session.Enter(member, request, e, turn);
        TellDeadlock(member, turn);
    }

    public void Apply(in Abort e, TimeSpan now, List<Effect> effects)
    {
        var turn = new Turn(now, effects);
        if (Take(e.Link, e.Request, e.Session, Act.Abort, EnterFlags.None, null, turn) is not var (member, request)) return;
        request.Session.Abort(member, request, e.Roster, e.Reason, turn);
    }

    public void Apply(in ClearCounts e, TimeSpan now, List<Effect> effects)
    {
        foreach (CountSession session in _sessions.Values.OfType<CountSession>().ToArray()) session.Clear(null, e.Reason, new Turn(now, effects));
    }

    public void Apply(in Withdraw e, TimeSpan now, List<Effect> effects)
    {
        if (!_agents.TryGetValue(e.Link, out Agent? agent)) return;
        agent.Member.Saw(now);
        if (!agent.Requests.TryGetValue(e.Request, out Request? request) || !request.IsOpen) return;
        var turn = new Turn(now, effects);
        request.Session.Withdraw(agent.Member, request, e.Reason, e.Waited, turn);
        TellDeadlock(agent.Member, turn);
    }

    public void Apply(in Acknowledge e, TimeSpan now, List<Effect> effects)
    {
        if (_members.GetValueOrDefault(e.Member)?.FindAgent(e.Agent) is not { } agent) return;
        if (agent.Requests.TryGetValue(e.Request, out Request? request) && !request.IsOpen) Settle(request);
    }

    public void Apply(in Resumed e, TimeSpan now, List<Effect> effects)
    {
        if (!_agents.TryGetValue(e.Link, out Agent? agent)) return;
        var open = new HashSet<long>(e.Open);
        foreach (Request request in agent.Requests.Values.ToArray())
        {
            if (request.Id >= e.Next || open.Contains(request.Id)) continue;
            if (request.IsOpen) request.Session.Withdraw(agent.Member, request, WithdrawReason.Cancelled, default, new Turn(now, effects));
            Settle(request);
        }
    }

    /// <summary>Registers a request, or repeats the answer of one that is known: the same number never counts twice.</summary>
    private (Member Member, Request Request)? Take(
        long link, long id, SessionKey key, Act act, EnterFlags flags, Roster? from, Turn turn, ReadOnlyMemory<byte>? message = null)
    {
        if (!_agents.TryGetValue(link, out Agent? agent)) return null;
        Member member = agent.Member;
        // What a member asks of the group itself, such as to watch it, is nowhere that anybody would look for it.
        member.Saw(turn.Now, key.Kind == SessionKind.Group ? null : key);
        if (agent.Requests.TryGetValue(id, out Request? known))
        {
            if (!known.IsOpen) turn.Repeat(known);
            return null;
        }

        Session? session = _sessions.GetValueOrDefault(key);
        string? fault = !agent.IsNew(id) ? $"request {id} was answered and acknowledged before" : FaultOf(agent, flags) ?? FaultOf(act, key);
        if (session is null)
        {
            session = NewSession(key);
            if (fault is null && !MakeRoom()) fault = $"the group has {Options.MaxSessions} sessions (MaxSessions); the server's limit must be raised";
            if (fault is null) Add(session);
        }
        Request request = agent.NewRequest().Begin(id, session, act, flags, from, turn.Now);
        agent.Requests.Add(id, request);
        if (Options.IsObserved && (Ask.Waits(act) || act == Act.Send))
        {
            request.Number = ++_lastObserved;
            turn.Begin(request, message);
        }
        if (fault is not null) turn.Answer(request, Failures.Of(SyncFailureKind.Refused, null, fault));
        else if (act is not (Act.Watch or Act.Status) && EndOf(member) is { } end) turn.Answer(request, end);
        else return (member, request);
        return null;
    }

    private void Add(Session session)
    {
        _sessions.Add(session.Key, session);
        if (session is GroupSession own) _groupSessions.Add(own);
    }

    private Session NewSession(SessionKey key) => key.Kind switch
    {
        SessionKind.Count => new CountSession(key, this),
        SessionKind.Board => new BoardSession(key, this),
        SessionKind.State => new StateSession(key, this),
        SessionKind.Group => new GroupSession(key, this),
        _ => new MeetingSession(key, this),
    };

    /// <summary>Why nobody must see what was sent before the answer to a declaration was known.</summary>
    private static string? FaultOf(Agent agent, EnterFlags flags) =>
        (flags & EnterFlags.AfterDeclaration) != 0 && !agent.HasDeclared ? "it was sent along with a declaration of the group that was not accepted" : null;

    /// <summary>Why a session must not see the act.</summary>
    private static string? FaultOf(Act act, SessionKey key)
    {
        // An abort may end any kind.
        if (act == Act.Abort) return null;
        if (act > Ask.LastAct) return $"the server does not know act {(int)act}: the member is of a later version";
        return (Ask.KindOf(act) is { } kind ? kind == key.Kind : key.Kind <= SessionKind.Data)
            ? null
            : $"a session of the kind {key.Kind} does not know {act}";
    }

    /// <summary>Why nothing that the member asks for can be met any more; null as a rule.</summary>
    private Failed? EndOf(Member member) =>
        _end ?? (member.State == MemberState.Failed ? Failures.Of(SyncFailureKind.MemberFailed, member.Id, member.LossReason) : null);

    private static void Settle(Request request)
    {
        request.Agent.Requests.Remove(request.Id);
        if (request.DecidedRound == 0) return;
        if (request.IsOfItsRound) request.Session.Tell(request.Member, request.Round!);
        // Decided with its round, a meeting was in no other hands than the round's.
        if (request.Act == Act.Meet && (request.Flags & EnterFlags.Observe) == 0) request.Agent.TakeBack(request);
    }

    /// <summary>At the limit, sessions go of which only the last number is remembered.</summary>
    private bool MakeRoom()
    {
        if (_sessions.Count < Options.MaxSessions) return true;
        foreach ((SessionKey key, Session session) in _sessions)
        {
            if (session.IsIdle && session is not GroupSession) _sessions.Remove(key);
        }
        return _sessions.Count < Options.MaxSessions;
    }
}
