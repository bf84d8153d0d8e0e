namespace Sync.Net.Coordination;

/// <summary>
/// A process that acts for a member: the one that has its seat, or a command that runs beside it. It numbers its own requests.
/// </summary>
internal sealed class Agent(Member member, Guid id)
{
    private const int MaxOvertaken = 1024;

    private readonly HashSet<long> _overtaken = [];
    private long _highestRequest;
    private Request? _spare;

    public Member Member { get; } = member;

    /// <summary>The member's incarnation for the seat, and a command's own id.</summary>
    public Guid Id { get; } = id;

    /// <summary>Its link; 0 while it has none.</summary>
    public long Link { get; set; }

    /// <summary>The last declaration that it made of the group was accepted.</summary>
    public bool HasDeclared { get; set; }

    public bool IsCommand => Member.Seat != this;

    /// <summary>Its requests that are open, or whose answers are not acknowledged.</summary>
    public Dictionary<long, Request> Requests { get; } = [];

    /// <summary>A request to begin: a forgotten one, as a rule.</summary>
    public Request NewRequest()
    {
        Request request = _spare ?? new Request(this);
        _spare = null;
        return request;
    }

    /// <summary>Nothing refers to the request any more.</summary>
    public void TakeBack(Request request)
    {
        request.Forget();
        _spare = request;
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
}
