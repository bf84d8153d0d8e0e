using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Sync.Net.Transport;

namespace Sync.Net.Cli.Connecting;

/// <summary>A connection by the kernel's own calls.</summary>
/// <remarks>
/// Linux only. The first <see cref="Socket"/> of a process starts a thread that waits for all asynchronous ones, which costs a command more than
/// all that it has to say. <see cref="ConnectOrNull"/> leaves whatever is not quick and simple to that class.
/// </remarks>
internal sealed partial class PromptSocket : SafeHandleMinusOneIsInvalid
{
    private PromptSocket(int handle)
        : base(ownsHandle: true) => SetHandle(handle);

    /// <summary>A connection; null if there is none within the time, for whatever reason, or if the address is a name.</summary>
    public static PromptSocket? ConnectOrNull(string host, int port, string? path, TimeSpan within)
    {
        if (!OperatingSystem.IsLinux()) return null;
        if (path is not null) return LocalAddress(path + '\0') is { } local ? ConnectOrNull(local, within) : null;
        if (!IPAddress.TryParse(host, out IPAddress? literal)) return null;
        return NeighbourOrNull(literal, port) ?? ConnectOrNull(AddressOf(literal, port), within);
    }

    /// <summary>How many bytes were taken; 0 when there is no room now.</summary>
    /// <exception cref="IOException">The connection is over.</exception>
    public int Send(ReadOnlySpan<byte> bytes) => Judge(Send(this, in MemoryMarshal.GetReference(bytes), bytes.Length, NoSignal), "write") ?? 0;

    /// <summary>How many bytes came, 0 at the end of the stream; null when there are none now.</summary>
    /// <exception cref="IOException">The connection is over.</exception>
    public int? Receive(Span<byte> bytes) => Judge(Receive(this, ref MemoryMarshal.GetReference(bytes), bytes.Length, 0), "read");

    /// <summary>Waits until there is something to be received, or the connection is over; false when there is not in time.</summary>
    public bool WaitToReceive(TimeSpan patience) => Wait(Readable, patience);

    /// <summary>Waits until there is room for something to be sent, or the connection is over.</summary>
    public void WaitToSend() => Wait(Writable, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the connection; whoever waits for it is woken.</summary>
    public void Shutdown() => _ = Shutdown(this, BothWays);

    protected override bool ReleaseHandle() => Close(handle) == 0;

    /// <summary>The way round TCP to a server of this host, see <see cref="HostSocket"/>; null where there is none.</summary>
    private static PromptSocket? NeighbourOrNull(IPAddress literal, int port)
    {
        IPAddress own = literal.IsIPv4MappedToIPv6 ? literal.MapToIPv4() : literal;
        if (!IsOfThisHost(own)) return null;
        foreach (string name in HostSocket.NamesFor(own, port))
        {
            // A listener whose queue is full is not waited for.
            if (LocalAddress(name) is not { } address || ConnectOrNull(address, TimeSpan.Zero) is not { } near) continue;
            if (near.IsOfTrustedUser()) return near;
            near.Dispose();
        }
        return null;
    }

    private static PromptSocket? ConnectOrNull(byte[] address, TimeSpan within)
    {
        int family = BitConverter.ToUInt16(address);
        int handle = Open(family, Stream | NonBlocking | CloseOnExec, 0);
        if (handle < 0) return null;
        var socket = new PromptSocket(handle);
        if (socket.TryConnect(address, within) && !(family != Local && socket.IsOwn(address)))
        {
            int yes = 1;
            if (family != Local) _ = SetOption(socket, ProtocolTcp, NoDelay, in yes, sizeof(int));
            return socket;
        }
        socket.Dispose();
        return null;
    }

    private static bool IsOfThisHost(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return true;
        byte[] own = AddressOf(address, 0);
        int handle = Open(BitConverter.ToUInt16(own), Datagram | CloseOnExec, 0);
        if (handle < 0) return false;
        using var probe = new PromptSocket(handle);
        return Bind(probe, own, own.Length) == 0;
    }

    private bool IsOfTrustedUser()
    {
        // Process, user, group.
        Span<uint> credentials = stackalloc uint[3];
        int length = credentials.Length * sizeof(uint);
        return GetOption(this, SocketLevel, PeerCredentials, ref MemoryMarshal.GetReference(credentials), ref length) == 0
            && length == credentials.Length * sizeof(uint)
            && HostSocket.IsTrusted(credentials[1]);
    }

    /// <summary>The structure that the kernel calls a sockaddr_un; null if the path is too long for it.</summary>
    private static byte[]? LocalAddress(string path)
    {
        byte[] address = [Local, 0, .. Encoding.UTF8.GetBytes(path)];
        return address.Length <= 110 ? address : null;
    }

    /// <summary>The structure that the kernel calls a sockaddr.</summary>
    private static byte[] AddressOf(IPAddress literal, int port)
    {
        bool isV6 = literal.AddressFamily == AddressFamily.InterNetworkV6;
        byte[] address = new byte[isV6 ? 28 : 16];
        BitConverter.TryWriteBytes(address, (ushort)(isV6 ? InterNetworkV6 : InterNetwork));
        BinaryPrimitives.WriteUInt16BigEndian(address.AsSpan(2), (ushort)port);
        literal.TryWriteBytes(address.AsSpan(isV6 ? 8 : 4), out _);
        if (isV6) BitConverter.TryWriteBytes(address.AsSpan(24), (uint)literal.ScopeId);
        return address;
    }

    private static int? Judge(nint result, string what)
    {
        if (result >= 0) return (int)result;
        int error = Marshal.GetLastPInvokeError();
        return error is Again or Interrupted ? null : throw new IOException($"Cannot {what}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private bool TryConnect(byte[] address, TimeSpan within)
    {
        if (Connect(this, address, address.Length) == 0) return true;
        if (Marshal.GetLastPInvokeError() != InProgress || !Wait(Writable, within)) return false;
        uint error = 0;
        int length = sizeof(uint);
        return GetOption(this, SocketLevel, SocketErrorOption, ref error, ref length) == 0 && error == 0;
    }

    /// <summary>Linux lets a socket connect to itself when its own ephemeral port is the one that it tries.</summary>
    private bool IsOwn(byte[] address)
    {
        byte[] own = new byte[address.Length];
        int length = own.Length;
        return GetName(this, own, ref length) != 0 || own.AsSpan().SequenceEqual(address);
    }

    private unsafe bool Wait(short events, TimeSpan patience)
    {
        bool isHeld = false;
        try
        {
            DangerousAddRef(ref isHeld);
            var watched = new Watched { Handle = (int)handle, Events = events };
            // Interrupted, it has waited for less; the caller asks for the rest.
            return Poll(&watched, 1, patience == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Ceiling(patience.TotalMilliseconds)) != 0 && watched.Returned != 0;
        }
        finally
        {
            if (isHeld) DangerousRelease();
        }
    }
}
