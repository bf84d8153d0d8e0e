namespace Sync.Net.Coordination;

/// <summary>The bounds of one group.</summary>
internal sealed record CoordinatorOptions
{
    /// <summary>Of larger groups it is not told what is known of each member.</summary>
    public const int MaxWatchedMembers = 4096;

    /// <summary>Where the versions of what is known of members begin: higher for each start of the server, so that those of two never meet.</summary>
    public long FirstVersion { get; init; }

    /// <summary>Whether somebody looks on, who is told of members' changes and of waits.</summary>
    public bool IsObserved { get; init; }

    public int MaxMembers { get; init; } = 100_000;

    public int MaxSessions { get; init; } = 100_000;

    /// <summary>Bytes of contributions kept by all sessions together.</summary>
    public long MaxKeptBytes { get; init; } = 1L << 30;

    /// <summary>Above this size the arrivals go along only on request.</summary>
    public int MaxArrivalsByDefault { get; init; } = 64;

    /// <summary>How long a live incarnation has to answer before a newcomer takes its seat.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long outcomes are kept for members that may yet resume when nobody is connected any more: longer than the
    /// reconnect window of each.
    /// </summary>
    public TimeSpan ReturnWindow { get; init; } = TimeSpan.FromSeconds(30);
}
