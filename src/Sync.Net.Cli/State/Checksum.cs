using System.Text;

namespace Sync.Net.Cli.State;

/// <summary>Finds bytes that changed on the disk: SQLite itself has no checksums.</summary>
internal static class Checksum
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a, 64 bits, over the group, the key and the value.</summary>
    public static long Of(SyncStoreEntry entry)
    {
        ulong hash = Add(OffsetBasis, Encoding.UTF8.GetBytes(entry.Group));
        hash = Add(hash * Prime, Encoding.UTF8.GetBytes(entry.Key!));
        return unchecked((long)Add(hash * Prime, entry.Value!.Value.Span));
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) hash = (hash ^ b) * Prime;
        return hash;
    }
}
