using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>The addresses of a host, which may be a literal or a name.</summary>
internal static class TcpAddresses
{
    public static async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal)) return [literal];
        return OrNotFound(await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false));
    }

    public static IPAddress[] Resolve(string host) =>
        IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : OrNotFound(Dns.GetHostAddresses(host));

    private static IPAddress[] OrNotFound(IPAddress[] addresses) =>
        addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
}
