using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One member of the group, over all its incarnations.</summary>
internal sealed class Member(string id)
{
    private HashSet<Guid>? _replaced;
    private Agent? _seat;

    public string Id { get; } = id;

    public string? Role { get; set; }

    public MemberState State { get; set; }

    /// <summary>The state that somebody who looks on was told of last.</summary>
    public MemberState StateSeen { get; set; }

    /// <summary>The process that has the member's seat, or had it last.</summary>
    public Agent Seat => _seat ??= new Agent(this, default);

    /// <summary>The commands that act for the member now.</summary>
    public List<Agent> Commands { get; } = [];

    public Guid Incarnation => Seat.Id;

    /// <summary>The link that has the seat; 0 for none.</summary>
    public long Link
    {
        get => Seat.Link;
        set => Seat.Link = value;
    }

    /// <summary>Why the member is lost; null otherwise.</summary>
    public string? LossReason { get; set; }

    public TimeSpan? LastSeen { get; set; }

    /// <summary>The member has declared the group, and so takes part in it as a whole.</summary>
    public bool HasDeclared { get; set; }

    /// <summary>Its contract: while it waits nothing else of it runs, and a failed wait ends its part.</summary>
    public bool OneWaitAtATime { get; set; }

    /// <summary>The session that the member last took part in.</summary>
    public SessionKey? LastSession { get; set; }

    /// <summary>The requests of its seat and its commands that are open, or whose answers are not acknowledged.</summary>
    public IEnumerable<Request> Requests =>
        Commands.Count == 0 ? Seat.Requests.Values : Seat.Requests.Values.Concat(Commands.SelectMany(static command => command.Requests.Values));

    /// <summary>Gone for good as far as anybody can tell: whoever needs it fails at once.</summary>
    public bool IsGone => State is MemberState.Left or MemberState.Lost or MemberState.Failed;

    /// <summary>The one open wait that keeps it from going on; null while it may go on by itself.</summary>
    public Request? Blocked
    {
        get
        {
            if (State != MemberState.Joined || !OneWaitAtATime) return null;
            Request? only = null;
            foreach (Request request in Requests)
            {
                if (!request.IsOpen || request.Act == Act.Watch) continue;
                if (only is not null || !request.IsBlocked) return null;
                only = request;
            }
            return only;
        }
    }

    // By hand: each acknowledgement asks, and a predicate would be made for each.
    public Agent? FindAgent(Guid id)
    {
        if (Seat.Id == id) return Seat;
        foreach (Agent command in Commands)
        {
            if (command.Id == id) return command;
        }
        return null;
    }

    public bool WasReplaced(Guid incarnation) => _replaced?.Contains(incarnation) == true;

    public void BecomeIncarnation(Guid incarnation)
    {
        // One that said goodbye never comes back, and need not be remembered.
        if (State == MemberState.Lost) (_replaced ??= []).Add(Incarnation);
        HasDeclared = OneWaitAtATime = false;
        _seat = new Agent(this, incarnation);
    }

    public void Saw(TimeSpan now, SessionKey? session = null)
    {
        LastSeen = now;
        if (session is not null) LastSession = session;
    }

    public MemberFact Fact(TimeSpan now) => new(Id, Role, State, now - LastSeen, LastSession?.Name);
}
