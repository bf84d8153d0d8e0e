using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class Coordinator
{
    public void Apply(in Enter e, TimeSpan now, List<Effect> effects)
    {
        var turn = new Turn(now, effects);
        if (Take(e.Link, e.Request, e.Session, e.From, turn) is not var (member, request)) return;
        request.Session.Enter(member, request, e, turn);
    }

    public void Apply(in Abort e, TimeSpan now, List<Effect> effects)
    {
        var turn = new Turn(now, effects);
        if (Take(e.Link, e.Request, e.Session, null, turn) is not var (member, request)) return;
        request.Session.Abort(member, request, e.Roster, e.Reason, turn);
    }

    public void Apply(in Withdraw e, TimeSpan now, List<Effect> effects)
    {
        if (!_seats.TryGetValue(e.Link, out Member? member)) return;
        member.Saw(now);
        if (!member.Requests.TryGetValue(e.Request, out Request? request) || !request.IsOpen) return;
        request.Session.Withdraw(member, request, e.Reason, e.Waited, new Turn(now, effects));
    }

    public void Apply(in Acknowledge e, TimeSpan now, List<Effect> effects)
    {
        if (!_members.TryGetValue(e.Member, out Member? member) || member.Incarnation != e.Incarnation) return;
        if (member.Requests.TryGetValue(e.Request, out Request? request) && !request.IsOpen) Settle(member, request);
    }

    public void Apply(in Resumed e, TimeSpan now, List<Effect> effects)
    {
        if (!_seats.TryGetValue(e.Link, out Member? member)) return;
        var open = new HashSet<long>(e.Open);
        foreach (Request request in member.Requests.Values.ToArray())
        {
            if (request.Id >= e.Next || open.Contains(request.Id)) continue;
            if (request.IsOpen) request.Session.Withdraw(member, request, WithdrawReason.Cancelled, default, new Turn(now, effects));
            Settle(member, request);
        }
    }

    /// <summary>Registers a request, or repeats the answer of one that is known: the same number never counts twice.</summary>
    private (Member Member, Request Request)? Take(long link, long id, SessionKey key, Roster? from, Turn turn)
    {
        if (!_seats.TryGetValue(link, out Member? member)) return null;
        member.Saw(turn.Now, key);
        if (member.Requests.TryGetValue(id, out Request? known))
        {
            if (!known.IsOpen) turn.Repeat(member, known);
            return null;
        }

        Session? session = _sessions.GetValueOrDefault(key);
        string? fault = !member.IsNew(id) ? $"request {id} was answered and acknowledged before" : null;
        if (session is null)
        {
            session = new Session(key, this);
            if (fault is null && !MakeRoom()) fault = $"the group has {Options.MaxSessions} sessions (MaxSessions); the server's limit must be raised";
            if (fault is null) _sessions.Add(key, session);
        }
        var request = new Request(id, session, from);
        member.Requests.Add(id, request);
        if (fault is null) return (member, request);
        turn.Answer(member, request, Failures.Of(SyncFailureKind.Refused, null, fault));
        return null;
    }

    private static void Settle(Member member, Request request)
    {
        member.Requests.Remove(request.Id);
        if (request.DecidedGeneration != 0) request.Session.Tell(member, request.Generation!);
    }

    /// <summary>At the limit, sessions go of which only the last number is remembered.</summary>
    private bool MakeRoom()
    {
        if (_sessions.Count < Options.MaxSessions) return true;
        foreach ((SessionKey key, Session session) in _sessions)
        {
            if (session.IsIdle) _sessions.Remove(key);
        }
        return _sessions.Count < Options.MaxSessions;
    }
}
