using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>A member's numbered request: open until it has an outcome, kept until the member acknowledged that.</summary>
internal sealed class Request(long id, Session session, Roster? from)
{
    public long Id { get; } = id;

    public Session Session { get; } = session;

    /// <summary>Whose contributions are wanted in the answer; null for all.</summary>
    public Roster? From { get; } = from;

    /// <summary>The generation that it entered; null while it is early, or when it was turned away.</summary>
    public Generation? Generation { get; set; }

    public Outcome? Outcome { get; set; }

    public bool IsOpen => Outcome is null;

    /// <summary>The generation that the outcome decided; 0 when the outcome is the request's own.</summary>
    public long DecidedGeneration =>
        Generation is not null && ReferenceEquals(Generation.Outcome, Outcome) ? Generation.Number : 0;
}
