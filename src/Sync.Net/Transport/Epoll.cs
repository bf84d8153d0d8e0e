using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sync.Net.Transport;

/// <summary>Linux's readiness notification. Each socket has a number of its caller's, which is never used again.</summary>
/// <remarks>Never closed: it lives as long as the process.</remarks>
internal sealed partial class Epoll
{
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;

    private readonly int _handle;

    private Epoll(int handle) => _handle = handle;

    private enum Change
    {
        Add = 1,
        Remove = 2,
        Modify = 3,
    }

    /// <summary>Null where there is none, or no handle left for it.</summary>
    public static Epoll? TryOpen()
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            int handle = Create(CloseOnExec);
            return handle < 0 ? null : new Epoll(handle);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <exception cref="Win32Exception">The system can't.</exception>
    public void Add(SafeHandle socket, long number, Readiness interest) => Control(Change.Add, socket, number, interest);

    /// <summary>Changes what is waited for. What is ready already is told again.</summary>
    /// <exception cref="Win32Exception">The system can't.</exception>
    public void Modify(SafeHandle socket, long number, Readiness interest) => Control(Change.Modify, socket, number, interest);

    public void Remove(SafeHandle socket)
    {
        try
        {
            Control(Change.Remove, socket, 0, default);
        }
        catch (Win32Exception)
        {
            // Closing it does the same.
        }
    }

    /// <summary>Waits until something is ready; returns how much of <paramref name="events"/> tells it.</summary>
    public int Wait(EpollEvents events) => Wait(events, -1);

    /// <summary>Returns how much of <paramref name="events"/> tells what is ready now.</summary>
    public int Look(EpollEvents events) => Wait(events, 0);

    private int Wait(EpollEvents events, int milliseconds)
    {
        while (true)
        {
            int count = Wait(_handle, ref events.First, events.Capacity, milliseconds);
            if (count >= 0) return count;
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted) throw new Win32Exception(error);
        }
    }

    private void Control(Change change, SafeHandle socket, long number, Readiness interest)
    {
        var one = new EpollEvents(1);
        one.Set(interest, number);
        if (Control(_handle, (int)change, socket, ref one.First) < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int handle, int change, SafeHandle socket, ref byte events);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Wait(int handle, ref byte events, int capacity, int milliseconds);
}
