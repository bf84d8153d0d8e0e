namespace Sync.Net.Benchmarks.Limit;

internal enum LimitPart
{
    /// <summary>A barrier over loopback TCP, ours and C.</summary>
    Tcp,

    /// <summary>Ours over Unix sockets, C over TCP.</summary>
    Unix,

    /// <summary>All-gathers over TCP.</summary>
    Gather,

    /// <summary>Connections a second.</summary>
    Joins,

    /// <summary>100,000 rounds, of which the slowest counts.</summary>
    Long,

    /// <summary>What our server allocates a member and round.</summary>
    Allocations,

    /// <summary>System calls a round, by strace.</summary>
    Calls,
}
