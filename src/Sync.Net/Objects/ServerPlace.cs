using System.Net;
using Sync.Net.Arguments;
using Sync.Net.Transport;

namespace Sync.Net.Objects;

/// <summary>Where the server of a meeting is, and whether this member hosts it.</summary>
/// <param name="Endpoint">Where members reach it.</param>
/// <param name="Hosts">This member starts it, unless one is there.</param>
internal readonly record struct ServerPlace(SyncEndpoint Endpoint, bool Hosts)
{
    /// <summary>A given endpoint is never hosted; else the master hosts, at its own address.</summary>
    public static ServerPlace Of(MemberId self, MemberId master, SyncOptions options, SyncServer? given)
    {
        if (options.Endpoint is { } endpoint) return new ServerPlace(SyncEndpoint.Parse(endpoint), Hosts: false);
        if (given is not null && self.Address == master.Address) return new ServerPlace(SyncEndpoint.Parse(given.Endpoint), Hosts: false);
        return new ServerPlace(options.EndpointOf(master.Text), self.Text == master.Text);
    }

    /// <summary>Where a server at that endpoint of this member listens.</summary>
    public static SyncEndpoint ListenAt(SyncEndpoint endpoint, SyncOptions options)
    {
        if (options.ListenAddress is { } address)
        {
            return SyncEndpoint.TryParse(address, out SyncEndpoint? whole, out _) ? whole : SyncEndpoint.Tcp(address, endpoint.Port);
        }
        // A machine's own name often resolves to loopback on that machine alone (127.0.1.1), where nobody else could come.
        bool isName = !endpoint.IsUnix && endpoint.Host != "localhost" && !IPAddress.TryParse(endpoint.Host, out _);
        bool mayLeaveLoopback = options.Key is not null || options.AllowUnauthenticated;
        return isName && mayLeaveLoopback ? SyncEndpoint.Tcp("::", endpoint.Port) : endpoint;
    }
}
