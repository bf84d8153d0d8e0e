using System.Buffers;

namespace Sync.Net.Wire;

/// <summary>Names what a foreign program speaks, as far as its first bytes tell.</summary>
internal static class ForeignProtocol
{
    private const int LookedAt = 5;

    public static string Describe(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> first = stackalloc byte[(int)Math.Min(LookedAt, buffer.Length)];
        buffer.Slice(0, first.Length).CopyTo(first);
        return $"The other side speaks {NameOf(first)}, not Sync.Net.";
    }

    private static string NameOf(ReadOnlySpan<byte> first)
    {
        if (first.StartsWith("SSH-"u8)) return "SSH";
        if (IsHttp(first)) return "HTTP";

        // Record types 20 to 23, versions 3.x.
        if (first is [>= 20 and <= 23, 3, ..]) return "TLS";
        return "another protocol";
    }

    private static bool IsHttp(ReadOnlySpan<byte> first) =>
        first.StartsWith("HTTP/"u8) || first.StartsWith("GET "u8) || first.StartsWith("POST "u8)
        || first.StartsWith("PUT "u8) || first.StartsWith("HEAD "u8) || first.StartsWith("OPTIO"u8)
        || first.StartsWith("PRI *"u8) || first.StartsWith("CONNE"u8);
}
