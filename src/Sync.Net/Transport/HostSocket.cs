using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sync.Net.Transport;

/// <summary>
/// The way round TCP for those on the same host: beside each TCP port, a server listens at a Unix socket whose name says the
/// port, and whoever dials an address of its own host tries that first.
/// </summary>
/// <remarks>
/// Only on Linux, whose abstract names need no file and belong to a network namespace, as ports do. A name is no proof
/// of who listens there, so the listener's user must be one's own, or root; else it is TCP, as for anybody else.
/// </remarks>
internal static partial class HostSocket
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>A listener whose queue is full is not waited for.</summary>
    private const int MillisecondsForRoom = 1;

    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Listens beside a bound port; null if somebody else has the name, which then leads nobody to us.</summary>
    public static Socket? TryListen(IPEndPoint bound)
    {
        if (!IsSupported) return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(NameOf(bound.Address, bound.Port)));
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Connects to who listens at that port of this very host; null if it is another host's, or there is no such way.</summary>
    public static Socket? TryConnect(IPEndPoint address)
    {
        if (!IsSupported) return null;
        IPAddress own = address.Address.IsIPv4MappedToIPv6 ? address.Address.MapToIPv4() : address.Address;
        if (!IsOfThisHost(own)) return null;
        foreach (string name in NamesFor(own, address.Port))
        {
            if (TryConnect(new UnixDomainSocketEndPoint(name)) is { } near) return near;
        }
        return null;
    }

    /// <summary>The names under which whoever listens at that port of this very host may be found, the most likely first.</summary>
    public static string[] NamesFor(IPAddress own, int port) => own.AddressFamily == AddressFamily.InterNetwork
        ? [NameOf(own, port), NameOf(IPAddress.Any, port), NameOf(IPAddress.IPv6Any, port)]
        : [NameOf(own, port), NameOf(IPAddress.IPv6Any, port)];

    /// <summary>Whether to trust a listener of that user.</summary>
    public static bool IsTrusted(uint user) => user == 0 || user == EffectiveUser();

    private static Socket? TryConnect(UnixDomainSocketEndPoint name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = MillisecondsForRoom;
            socket.Connect(name);
            socket.SendTimeout = 0;
            if (IsTrusted(socket)) return socket;
        }
        catch (SocketException)
        {
            // Nobody listens there, or too many wait to be accepted.
        }
        socket.Dispose();
        return null;
    }

    // No interpolation round another: the second buffer that comes back makes a native program measure its processors first.
    private static string NameOf(IPAddress address, int port) => "\0sync.net/" + new IPEndPoint(address, port).ToString();

    private static bool IsOfThisHost(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return true;
        using var probe = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsTrusted(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[3 * sizeof(uint)];
        if (socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) != credentials.Length) return false;
        // Process, user, group.
        return IsTrusted(MemoryMarshal.Read<uint>(credentials[sizeof(uint)..]));
    }

    [SuppressMessage("Interoperability", "CA1416", Justification = "Asked on Linux only.")]
    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
