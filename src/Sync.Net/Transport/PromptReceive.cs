using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sync.Net.Transport;

/// <summary>Receives on Linux without what the runtime's sockets do round it, which is a good part of a small read.</summary>
internal static partial class PromptReceive
{
    private const int DontWait = 0x40;
    private const int Interrupted = 4;
    private const int Again = 11;

    /// <summary>Waits for bytes on a blocking socket; 0 at the end of the stream.</summary>
    /// <exception cref="IOException">The connection is over.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int Wait(Socket socket, Span<byte> buffer)
    {
        while (true)
        {
            nint count = Receive(socket.SafeHandle, ref MemoryMarshal.GetReference(buffer), buffer.Length, 0);
            if (count >= 0) return (int)count;
            if (Marshal.GetLastPInvokeError() != Interrupted) throw Failure();
        }
    }

    /// <summary>What is there; 0 at the end of the stream, and −1 when there is nothing yet.</summary>
    /// <exception cref="IOException">The connection is over.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int Take(Socket socket, Span<byte> buffer)
    {
        while (true)
        {
            nint count = Receive(socket.SafeHandle, ref MemoryMarshal.GetReference(buffer), buffer.Length, DontWait);
            if (count >= 0) return (int)count;
            int error = Marshal.GetLastPInvokeError();
            if (error == Again) return -1;
            if (error != Interrupted) throw Failure();
        }
    }

    private static IOException Failure() => new($"Cannot read: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Receive(SafeHandle socket, ref byte buffer, nint length, int flags);
}
