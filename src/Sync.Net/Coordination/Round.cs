using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One use of a session: open until it has one outcome, the same for all that took part.</summary>
internal abstract class Round(long number)
{
    public long Number { get; private set; } = number;

    /// <summary>The outcome, once there is one; it never changes.</summary>
    public Outcome? Outcome { get; protected set; }

    /// <summary>Becomes another round: nothing refers to this one any more.</summary>
    protected void Begin(long number) => (Number, Outcome) = (number, null);
}
