using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sync.Net.Runtime.Handshake;

/// <summary>Unpredictable bytes: the kernel's own, where it has the call, because the platform's generator loads OpenSSL.</summary>
internal static partial class PromptRandom
{
    /// <summary>The kernel gives as many at once, never fewer.</summary>
    private const int MostAtOnce = 256;

    public static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        if (count == 0 || count > MostAtOnce || !OperatingSystem.IsLinux() || !TryFill(bytes)) RandomNumberGenerator.Fill(bytes);
        return bytes;
    }

    private static bool TryFill(byte[] bytes)
    {
        try
        {
            return GetRandom(bytes, bytes.Length, 0) == bytes.Length;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library of before 2017.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetRandom([Out] byte[] bytes, nint count, uint flags);
}
