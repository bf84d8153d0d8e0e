namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>How long others waited for a member.</summary>
internal sealed record HoldUp
{
    public required string Member { get; init; }

    /// <summary>In waits that were met, and in which it came last.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>In waits that were not met, by its fault or because it was missing.</summary>
    public required TimeSpan InVain { get; init; }

    /// <summary>How many waits both are.</summary>
    public required int Waits { get; init; }

    /// <summary>Who waited for it, the longest first.</summary>
    public required IReadOnlyList<HeldUp> Waiters { get; init; }
}

/// <summary>Who waited, and how long in all.</summary>
internal sealed record HeldUp(string Member, TimeSpan Waited);
