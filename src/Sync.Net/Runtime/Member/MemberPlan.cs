using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>Who opens the connection between a member and its server.</summary>
internal enum PlanDirection
{
    /// <summary>The member dials, or hosts.</summary>
    Dials,

    /// <summary>The member listens, and the master calls it.</summary>
    Called,

    /// <summary>The member is the master that calls the others.</summary>
    Calls,
}

/// <summary>Who a member is and where its server is; equal plans of one process share one connection.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Member">The member's id.</param>
/// <param name="Endpoint">Where the server is, or will be.</param>
/// <param name="Key">The text of the group's key; null for none.</param>
/// <param name="Transport">What carries the bytes.</param>
/// <param name="Time">The clock of all waits.</param>
/// <param name="Direction">Who opens the connection.</param>
internal sealed record MemberPlan(
    string Group,
    string Member,
    SyncEndpoint Endpoint,
    string? Key,
    ITransport Transport,
    TimeProvider Time,
    PlanDirection Direction = PlanDirection.Dials);
