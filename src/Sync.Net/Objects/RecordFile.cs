using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sync.Net.Objects;

/// <summary>A file that processes append lines to, none of which is torn apart by another.</summary>
/// <remarks><see cref="FileMode.Append"/> seeks once and then writes at a place of its own, where another process may have written meanwhile.</remarks>
internal static partial class RecordFile
{
    // O_WRONLY, O_APPEND and O_CLOEXEC of Linux; of macOS and FreeBSD without the last one.
    private static readonly int AppendOnly = OperatingSystem.IsLinux() ? 0x1 | 0x400 | 0x80000 : 0x1 | 0x8;

    /// <summary>Makes the file, unless it is there, and finds out whether it can be written.</summary>
    /// <exception cref="IOException">It can't.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Make(string path)
    {
        // Shared with all: others may write meanwhile.
        using SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <exception cref="IOException">It can't be opened, or not all of it could be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Append(string path, ReadOnlySpan<byte> line)
    {
        if (OperatingSystem.IsWindows()) AppendAlone(path, line);
        else AppendAtEnd(path, line);
    }

    private static unsafe void AppendAtEnd(string path, ReadOnlySpan<byte> line)
    {
        if (!File.Exists(path)) Make(path);
        using SafeFileHandle file = Open(path, AppendOnly);
        if (file.IsInvalid) throw Fault();
        fixed (byte* bytes = line)
        {
            nint written = Write(file, bytes, line.Length);
            if (written < 0) throw Fault();
            if (written < line.Length) throw new IOException($"only {written} of {line.Length} bytes could be written");
        }
    }

    /// <summary>Where the system has no such write: one process at a time.</summary>
    private static void AppendAlone(string path, ReadOnlySpan<byte> line)
    {
        using Mutex turn = new(initiallyOwned: false, "Sync.Net.RecordFile");
        turn.WaitOne();
        try
        {
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(line);
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    private static IOException Fault() => new(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    // Variadic in C, with a third argument only where it makes a file.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(SafeFileHandle file, byte* bytes, nint count);
}
