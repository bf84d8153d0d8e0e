using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>Decides whether an endpoint can be reached from this machine only.</summary>
internal static class Loopback
{
    /// <summary>Unix sockets, 127/8, ::1, and names all of whose addresses are such. An unknown name is not.</summary>
    public static async ValueTask<bool> IsOnlyAsync(SyncEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.IsUnix) return true;
        try
        {
            IPAddress[] addresses = await TcpAddresses.ResolveAsync(endpoint.Host, cancellationToken).ConfigureAwait(false);
            return Array.TrueForAll(addresses, IPAddress.IsLoopback);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
