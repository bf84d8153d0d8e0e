using System.Net;

namespace Sync.Net.Transport;

/// <summary>An address to connect to from one to listen at.</summary>
internal static class ReachableEndpoint
{
    /// <summary>"Any address" stands for loopback: what a member elsewhere has to call this machine can't be known here.</summary>
    public static SyncEndpoint Of(SyncEndpoint listening)
    {
        if (listening.IsUnix || !IPAddress.TryParse(listening.Host, out IPAddress? address)) return listening;
        if (address.Equals(IPAddress.Any)) return SyncEndpoint.Tcp("127.0.0.1", listening.Port);
        return address.Equals(IPAddress.IPv6Any) ? SyncEndpoint.Tcp("::1", listening.Port) : listening;
    }
}
