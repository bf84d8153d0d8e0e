using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Sync.Net.Transport;

/// <summary>Where a server listens: <c>host:port</c>, <c>[v6]:port</c> or <c>unix:PATH</c>.</summary>
internal sealed record SyncEndpoint
{
    private const string UnixPrefix = "unix:";
    private const string Forms = "write host:port, [v6]:port or unix:PATH";

    private SyncEndpoint(string host, int port, string? path)
    {
        Host = host;
        Port = port;
        Path = path;
    }

    /// <summary>A name or a literal address, without brackets; empty for a Unix socket.</summary>
    public string Host { get; }

    /// <summary>0 stands for a port that the system chooses; also 0 for a Unix socket.</summary>
    public int Port { get; private init; }

    /// <summary>The Unix socket's file; null for TCP.</summary>
    public string? Path { get; }

    [MemberNotNullWhen(true, nameof(Path))]
    public bool IsUnix => Path is not null;

    public static SyncEndpoint Unix(string path) => new("", 0, path);

    /// <summary>A host, which may be an IPv6 literal with or without brackets, and a port.</summary>
    public static SyncEndpoint Tcp(string host, int port) => new(host is ['[', .. var inner, ']'] ? inner : host, port, null);

    /// <exception cref="ArgumentException">The text is no endpoint; the message names it and the remedy.</exception>
    public static SyncEndpoint Parse(string text, [CallerArgumentExpression(nameof(text))] string? parameter = null) =>
        TryParse(text, out SyncEndpoint? endpoint, out string? fault) ? endpoint : throw new ArgumentException(fault, parameter);

    /// <summary>Reads an endpoint; <paramref name="fault"/> names the text and the remedy.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out SyncEndpoint? endpoint, [NotNullWhen(false)] out string? fault)
    {
        endpoint = null;
        fault = null;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            if (text.Length > UnixPrefix.Length) endpoint = Unix(text[UnixPrefix.Length..]);
            else fault = $"The endpoint '{text}' has no path: {Forms}.";
        }
        else if (SplitPort(text) is not (var host, var digits))
        {
            fault = $"The endpoint '{text}' has no port: {Forms}.";
        }
        else if (!IsHost(host))
        {
            fault = $"The endpoint '{text}' has no usable host: {Forms}.";
        }
        else if (!ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            fault = $"The endpoint '{text}' has no usable port: {Forms}, with a port from 0 to 65535.";
        }
        else
        {
            endpoint = Tcp(host, port);
        }
        return endpoint is not null;
    }

    /// <summary>Whether the text is an IPv6 literal without brackets (IPAddress itself would also take brackets and a port).</summary>
    public static bool IsV6(string text) =>
        !text.Contains('[') && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    public SyncEndpoint WithPort(int port) => this with { Port = port };

    public override string ToString() =>
        IsUnix ? UnixPrefix + Path : string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    private static (string Host, string Port)? SplitPort(string text)
    {
        int colon = text.LastIndexOf(':');
        // Without brackets nobody could tell where an IPv6 address ends and its port begins.
        bool literal = text.StartsWith('[') ? colon > 0 && text[colon - 1] == ']' : text.IndexOf(':') == colon;
        return colon >= 0 && literal ? (text[..colon], text[(colon + 1)..]) : null;
    }

    private static bool IsHost(string host)
    {
        if (host is ['[', .. var inner, ']']) return IsV6(inner);
        foreach (char c in host)
        {
            if (c is '[' or ']' or '/' or '#' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c)) return false;
        }
        return host.Length > 0;
    }
}
