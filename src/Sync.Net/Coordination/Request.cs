using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>A member's numbered request: open until it has an outcome, kept until the member acknowledged that.</summary>
internal sealed class Request(long id, Agent agent, Session session)
{
    public long Id { get; } = id;

    /// <summary>Its number among all that somebody who looks on is told of; 0 if nobody is.</summary>
    public long Number { get; set; }

    /// <summary>Who asked, and is to be answered.</summary>
    public Agent Agent { get; } = agent;

    public Member Member => Agent.Member;

    public Session Session { get; } = session;

    public Act Act { get; init; }

    public EnterFlags Flags { get; init; }

    /// <summary>When it was made.</summary>
    public TimeSpan Since { get; init; }

    /// <summary>Whose contributions are wanted in the answer; null for all.</summary>
    public Roster? From { get; init; }

    /// <summary>The round that it entered; null where there are none, while it is early, or when it was turned away.</summary>
    public Round? Round { get; set; }

    public Outcome? Outcome { get; set; }

    public bool IsOpen => Outcome is null;

    /// <summary>The round that the outcome decided; 0 when the outcome is the request's own.</summary>
    public long DecidedRound => Round is not null && ReferenceEquals(Round.Outcome, Outcome) ? Round.Number : 0;

    /// <summary>It waits, and nothing but a contribution of another member meets it.</summary>
    public bool IsBlocked =>
        IsOpen && Ask.Waits(Act) && (Flags & (EnterFlags.Quiet | EnterFlags.WaitForReturn)) == 0;
}
