using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>Who a member is and where its server is; equal plans of one process share one connection.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Member">The member's id.</param>
/// <param name="Endpoint">Where the server is, or will be.</param>
/// <param name="Key">The text of the group's key; null for none.</param>
/// <param name="Transport">What carries the bytes.</param>
/// <param name="Time">The clock of all waits.</param>
internal sealed record MemberPlan(
    string Group,
    string Member,
    SyncEndpoint Endpoint,
    string? Key,
    ITransport Transport,
    TimeProvider Time);
