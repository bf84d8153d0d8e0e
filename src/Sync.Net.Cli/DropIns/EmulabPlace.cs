using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Emulab;

namespace Sync.Net.Cli.DropIns;

/// <summary>Where Emulab's server is: named by <c>-s</c>, or else by the server file, whose port is stronger than <c>-p</c>.</summary>
internal sealed record EmulabPlace(string Host, int Port)
{
    public const string DefaultFile = "/var/emulab/boot/syncserver";
    public const string FileVariable = "SYNC_NET_EMULAB_SERVER_FILE";

    /// <exception cref="UsageException">Nothing usable names the server.</exception>
    public static EmulabPlace Of(EmulabArguments arguments)
    {
        int port = arguments.Port ?? EmulabServerOptions.DefaultPort;
        if (arguments.Server is { } named) return new EmulabPlace(named, port);
        string file = Environment.GetEnvironmentVariable(FileVariable) ?? DefaultFile;
        if (!File.Exists(file)) throw new UsageException($"nothing says where the server is: there is no file {file}, no -s HOST, and SYNC_NET_ENDPOINT is not set");
        return Parse(File.ReadAllText(file), port) ?? throw new UsageException($"the file {file} holds no host or host:port");
    }

    /// <summary>Reads <c>host[:port]</c>; null if it is something else.</summary>
    public static EmulabPlace? Parse(string text, int port)
    {
        text = text.Trim();
        if (text.Length == 0 || text.Any(char.IsWhiteSpace)) return null;
        if (IPAddress.TryParse(text, out IPAddress? bare) && !text.StartsWith('[')) return new EmulabPlace(bare.ToString(), port);
        int colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']')) return new EmulabPlace(text.Trim('[', ']'), port);
        bool isPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int own) && own is >= 1 and <= 65535;
        return isPort && colon > 0 ? new EmulabPlace(text[..colon].Trim('[', ']'), own) : null;
    }

    /// <exception cref="System.Net.Sockets.SocketException">The name is not known.</exception>
    public async Task<bool> IsHereAsync(CancellationToken cancellationToken)
    {
        IPAddress[] places = await Dns.GetHostAddressesAsync(Host, cancellationToken);
        HashSet<IPAddress> own = [.. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(static each => each.GetIPProperties().UnicastAddresses)
            .Select(static each => each.Address)];
        return places.Any(place => IPAddress.IsLoopback(place) || own.Contains(place));
    }
}
