using System.Globalization;

namespace Sync.Net.IntegrationTests.Crowds;

/// <summary>The connections that the system knows of to a server on this host: over its port, or over the Unix socket that stands for it.</summary>
internal static class ServerConnections
{
    private const string UnixConnected = "03";
    private const string TcpConnected = "01";

    public static int CountOf(int port) =>
        File.ReadLines("/proc/net/unix").Count(line => IsUnix(Fields(line), port)) + CountTcp("/proc/net/tcp", port) + CountTcp("/proc/net/tcp6", port);

    private static int CountTcp(string path, int port) => File.Exists(path) ? File.ReadLines(path).Count(line => IsTcp(Fields(line), port)) : 0;

    /// <summary>Only the sockets of the listening side have its name.</summary>
    private static bool IsUnix(string[] fields, int port) =>
        fields.Length > 7 && fields[5] == UnixConnected && fields[7].StartsWith("@sync.net/", StringComparison.Ordinal)
        && fields[7].TrimEnd('@').EndsWith($":{port}", StringComparison.Ordinal);

    private static bool IsTcp(string[] fields, int port) =>
        fields.Length > 3 && fields[3] == TcpConnected && fields[1].EndsWith(port.ToString("X4", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
