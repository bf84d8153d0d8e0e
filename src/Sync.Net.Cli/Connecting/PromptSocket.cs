using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sync.Net.Cli.Connecting;

/// <summary>A connection by the kernel's own calls.</summary>
/// <remarks>
/// Linux only. The first <see cref="Socket"/> of a process starts a thread that waits for all asynchronous ones, which costs a command more than
/// all that it has to say. <see cref="ConnectOrNull"/> leaves whatever is not quick and simple to that class.
/// </remarks>
internal sealed partial class PromptSocket : SafeHandleMinusOneIsInvalid
{
    private const int InterNetwork = 2;
    private const int InterNetworkV6 = 10;
    private const int Stream = 1;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int ProtocolTcp = 6;
    private const int NoDelay = 1;
    private const int SocketLevel = 1;
    private const int SocketErrorOption = 4;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int Again = 11;
    private const int InProgress = 115;
    private const short Readable = 1;
    private const short Writable = 4;
    private const int BothWays = 2;

    private PromptSocket(int handle)
        : base(ownsHandle: true) => SetHandle(handle);

    /// <summary>A connection; null if there is none within the time, for whatever reason, or if the address is a name.</summary>
    public static PromptSocket? ConnectOrNull(string host, int port, string? path, TimeSpan within)
    {
        if (!OperatingSystem.IsLinux() || AddressOf(host, port, path) is not { } address) return null;
        int family = BitConverter.ToUInt16(address);
        int handle = Open(family, Stream | NonBlocking | CloseOnExec, 0);
        if (handle < 0) return null;
        var socket = new PromptSocket(handle);
        if (socket.TryConnect(address, within) && !(path is null && socket.IsOwn(address)))
        {
            int yes = 1;
            if (path is null) _ = SetOption(socket, ProtocolTcp, NoDelay, in yes, sizeof(int));
            return socket;
        }
        socket.Dispose();
        return null;
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

    /// <summary>The structure that the kernel calls a sockaddr.</summary>
    private static byte[]? AddressOf(string host, int port, string? path)
    {
        if (path is not null)
        {
            byte[] local = [1, 0, .. Encoding.UTF8.GetBytes(path), 0];
            return local.Length <= 110 ? local : null;
        }
        if (!IPAddress.TryParse(host, out IPAddress? literal)) return null;
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
        int error = 0;
        int length = sizeof(int);
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

    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        public int Handle;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Connect(SafeHandle socket, byte[] address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(SafeHandle socket, int level, int name, in int value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetOption(SafeHandle socket, int level, int name, ref int value, ref int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetName(SafeHandle socket, byte[] address, ref int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Send(SafeHandle socket, in byte bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Receive(SafeHandle socket, ref byte bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Poll(Watched* watched, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Shutdown(SafeHandle socket, int how);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(nint handle);
}
