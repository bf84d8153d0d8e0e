using Sync.Net.Arguments;
using Sync.Net.Runtime.Member;
using Sync.Net.Transport;

namespace Sync.Net.Objects;

/// <summary>The way from a member to the server of a meeting.</summary>
/// <param name="Plan">Who, and where the server is.</param>
/// <param name="Hosts">This member starts it, unless one is there.</param>
/// <param name="Where">The server's place, for texts.</param>
/// <param name="Master">Who hosts it, if a member does.</param>
internal sealed record Route(MemberPlan Plan, bool Hosts, string Where, string? Master)
{
    /// <summary>A given endpoint is never hosted; else the master hosts, at its own address, or calls its members.</summary>
    public static Route Of(MemberId self, string masterId, Direction direction, SyncOptions options, SyncServer? given)
    {
        var master = MemberId.Parse(masterId, nameof(masterId), options.Limits.MaxNameBytes);
        bool isMaster = self.Text == master.Text;
        if (direction == Direction.FromMaster)
        {
            SyncEndpoint own = given is null ? options.EndpointOf(self.Text) : SyncEndpoint.Parse(given.Endpoint);
            return Along(own, isMaster ? PlanDirection.Calls : PlanDirection.Called, hosts: true, masterId);
        }
        if (options.Endpoint is { } endpoint) return Along(SyncEndpoint.Parse(endpoint), PlanDirection.Dials, hosts: false, null);
        // Members on one host share the server that was given to one of them.
        return given is not null && self.Address == master.Address
            ? Along(SyncEndpoint.Parse(given.Endpoint), PlanDirection.Dials, hosts: false, masterId)
            : Along(options.EndpointOf(masterId), PlanDirection.Dials, isMaster, masterId);

        Route Along(SyncEndpoint server, PlanDirection way, bool hosts, string? by) => new(
            new MemberPlan(
                options.Group, self.Text, server, options.Key, options.Transport ?? SocketTransport.Instance, options.TimeProvider, way),
            hosts,
            server.ToString(),
            by);
    }
}
