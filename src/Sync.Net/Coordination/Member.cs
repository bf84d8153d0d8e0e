using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One member of the group, over all its incarnations.</summary>
internal sealed class Member(string id)
{
    private const int MaxOvertaken = 1024;

    private readonly HashSet<long> _overtaken = [];
    private HashSet<Guid>? _replaced;
    private long _highestRequest;

    public string Id { get; } = id;

    public string? Role { get; set; }

    public MemberState State { get; set; }

    public Guid Incarnation { get; private set; }

    /// <summary>The link that has the seat; 0 for none.</summary>
    public long Link { get; set; }

    /// <summary>Why the member is lost; null otherwise.</summary>
    public string? LossReason { get; set; }

    public TimeSpan? LastSeen { get; set; }

    /// <summary>The member has declared the group, and so takes part in it as a whole.</summary>
    public bool HasDeclared { get; set; }

    /// <summary>Its contract: while it waits nothing else of it runs, and a failed wait ends its part.</summary>
    public bool OneWaitAtATime { get; set; }

    /// <summary>The session that the member last took part in.</summary>
    public SessionKey? LastSession { get; set; }

    /// <summary>The requests of this incarnation that are open, or whose answers are not acknowledged.</summary>
    public Dictionary<long, Request> Requests { get; } = [];

    /// <summary>Gone for good as far as anybody can tell: whoever needs it fails at once.</summary>
    public bool IsGone => State is MemberState.Left or MemberState.Lost or MemberState.Failed;

    /// <summary>The one open wait that keeps it from going on; null while it may go on by itself.</summary>
    public Request? Blocked
    {
        get
        {
            if (State != MemberState.Joined || !OneWaitAtATime) return null;
            Request? only = null;
            foreach (Request request in Requests.Values)
            {
                if (!request.IsOpen || request.Act == Act.Watch) continue;
                if (only is not null || !request.IsBlocked) return null;
                only = request;
            }
            return only;
        }
    }

    public bool WasReplaced(Guid incarnation) => _replaced?.Contains(incarnation) == true;

    public void BecomeIncarnation(Guid incarnation)
    {
        // One that said goodbye never comes back, and need not be remembered.
        if (State == MemberState.Lost) (_replaced ??= []).Add(Incarnation);
        Incarnation = incarnation;
        HasDeclared = OneWaitAtATime = false;
        Requests.Clear();
        _overtaken.Clear();
        _highestRequest = 0;
    }

    /// <summary>
    /// Whether a number can be that of a request not seen before. Numbers grow, but a request that is asked for its
    /// roster is overtaken by those after it.
    /// </summary>
    public bool IsNew(long request)
    {
        if (request <= _highestRequest) return _overtaken.Remove(request);
        if (_overtaken.Count > MaxOvertaken) _overtaken.Clear();
        for (long id = Math.Max(_highestRequest + 1, request - MaxOvertaken); id < request; id++) _overtaken.Add(id);
        _highestRequest = request;
        return true;
    }

    public void Saw(TimeSpan now, SessionKey? session = null)
    {
        LastSeen = now;
        if (session is not null) LastSession = session;
    }

    public MemberFact Fact(TimeSpan now) => new(Id, Role, State, now - LastSeen, LastSession?.Name);
}
