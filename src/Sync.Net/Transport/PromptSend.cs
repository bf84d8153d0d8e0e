using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sync.Net.Transport;

/// <summary>Sends what Linux takes at once, whether the socket is a blocking one or not.</summary>
internal static partial class PromptSend
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Again = 11;

    /// <summary>How many bytes were taken; 0 when there is no room now.</summary>
    /// <exception cref="IOException">The connection is over.</exception>
    public static int Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        nint taken = Send(socket.SafeHandle, in MemoryMarshal.GetReference(bytes), bytes.Length, DontWait | NoSignal);
        if (taken >= 0) return (int)taken;
        int error = Marshal.GetLastPInvokeError();
        return error == Again ? 0 : throw new IOException($"Cannot write: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Send(SafeHandle socket, in byte bytes, nint length, int flags);
}
