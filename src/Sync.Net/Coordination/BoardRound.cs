using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One round of a board as those see it who wait for it at the same time. Who comes later has one of its own, of the same number.</summary>
internal sealed class BoardRound(long number) : Round(number)
{
    public List<SyncWait> Waits { get; } = [];

    public Muster Muster { get; } = new();

    /// <summary>How many of those who waited have not acknowledged that it was met.</summary>
    public int Untold { get; set; }

    public void Meet(Released outcome)
    {
        Outcome = outcome;
        Untold = Waits.Count;
    }
}
