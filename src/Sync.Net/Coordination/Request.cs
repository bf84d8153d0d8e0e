using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>A member's numbered request: open until it has an outcome, kept until the member acknowledged that.</summary>
/// <param name="agent">Who asks, and is to be answered.</param>
internal sealed class Request(Agent agent)
{
    /// <summary>The number that its round had when it entered it.</summary>
    private long _round;

    /// <summary>The number of the round that had decided it when it got its outcome.</summary>
    private long _decided;

    public long Id { get; private set; }

    /// <summary>Its number among all that somebody who looks on is told of; 0 if nobody is.</summary>
    public long Number { get; set; }

    public Agent Agent => agent;

    public Member Member => Agent.Member;

    public RequestId Identity => new(Member.Id, Agent.Id, Id);

    public Session Session { get; private set; } = null!;

    public Act Act { get; private set; }

    public EnterFlags Flags { get; private set; }

    /// <summary>When it was made.</summary>
    public TimeSpan Since { get; private set; }

    /// <summary>Whose contributions are wanted in the answer; null for all.</summary>
    public Roster? From { get; private set; }

    /// <summary>The round that it entered; null where there are none, while it is early, or when it was turned away.</summary>
    public Round? Round
    {
        get;
        set => (field, _round) = (value, value?.Number ?? 0);
    }

    public Outcome? Outcome
    {
        get;
        set => (field, _decided) = (value, value is not null && ReferenceEquals(Round?.Outcome, value) ? _round : 0);
    }

    public bool IsOpen => Outcome is null;

    /// <summary>The round that the outcome decided; 0 when the outcome is the request's own.</summary>
    public long DecidedRound => !IsOfItsRound ? _decided : ReferenceEquals(Round!.Outcome, Outcome) ? _round : 0;

    /// <summary>The round is still the one that it entered, and has not become another since.</summary>
    public bool IsOfItsRound => Round is { } round && round.Number == _round;

    /// <summary>What is asked: for the first time, or after <see cref="Forget"/> something else.</summary>
    public Request Begin(long id, Session session, Act act, EnterFlags flags, Roster? from, TimeSpan since)
    {
        (Id, Session, Act, Flags, From, Since) = (id, session, act, flags, from, since);
        return this;
    }

    /// <summary>Nothing refers to it any more, and it refers to nothing.</summary>
    public void Forget()
    {
        (Number, Round, Outcome, From) = (0, null, null, null);
        Session = null!;
    }

    /// <summary>It waits, and nothing but a contribution of another member meets it.</summary>
    public bool IsBlocked =>
        IsOpen && Ask.Waits(Act) && (Flags & (EnterFlags.Quiet | EnterFlags.WaitForReturn)) == 0;
}
