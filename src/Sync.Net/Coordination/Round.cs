using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One use of a session: open until it has one outcome, the same for all that took part.</summary>
internal abstract class Round(long number)
{
    public long Number { get; } = number;

    /// <summary>The outcome, once there is one; it never changes.</summary>
    public Outcome? Outcome { get; protected set; }
}
