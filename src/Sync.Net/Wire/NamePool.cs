using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace Sync.Net.Wire;

/// <summary>
/// Strings for the UTF-8 bytes seen most recently, so that reading a known name allocates nothing. May be shared by
/// all connections of a server.
/// </summary>
/// <remarks>
/// Two places for each hash and no lock: a slot is one reference, and whoever loses a race allocates a string again.
/// A peer that sends ever new names pushes others out and cannot make the pool grow.
/// </remarks>
internal sealed class NamePool
{
    public const int DefaultCapacity = 2048;

    /// <summary>Longer ones are rare and would make the pool large.</summary>
    public const int MaxPooledBytes = 256;

    private readonly Entry?[] _slots;

    public NamePool(int capacity = DefaultCapacity) =>
        _slots = new Entry?[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, capacity))];

    /// <summary>The text of valid UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8) => TryGet(utf8, out string? name) ? name : Add(utf8);

    /// <summary>The text of bytes that are known; false for others, which need not be valid UTF-8.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? name)
    {
        if (utf8.IsEmpty)
        {
            name = "";
            return true;
        }
        name = null;
        if (utf8.Length > MaxPooledBytes) return false;
        int slot = SlotOf(utf8);
        return TryGet(slot, utf8, out name) || TryGet(slot ^ 1, utf8, out name);
    }

    /// <summary>The text of valid UTF-8 that is not known.</summary>
    public string Add(ReadOnlySpan<byte> utf8)
    {
        string name = Encoding.UTF8.GetString(utf8);
        if (utf8.IsEmpty || utf8.Length > MaxPooledBytes) return name;

        int slot = SlotOf(utf8);
        Volatile.Write(ref _slots[slot ^ 1], Volatile.Read(ref _slots[slot]));
        Volatile.Write(ref _slots[slot], new Entry(utf8.ToArray(), name));
        return name;
    }

    private bool TryGet(int slot, ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? name)
    {
        Entry? entry = Volatile.Read(ref _slots[slot]);
        name = entry is not null && utf8.SequenceEqual(entry.Utf8) ? entry.Name : null;
        return name is not null;
    }

    private int SlotOf(ReadOnlySpan<byte> utf8)
    {
        // Seeded by the runtime, so that nobody can aim at the slots of others.
        HashCode hash = default;
        hash.AddBytes(utf8);
        return hash.ToHashCode() & (_slots.Length - 1);
    }

    private sealed class Entry(byte[] utf8, string name)
    {
        public byte[] Utf8 { get; } = utf8;

        public string Name { get; } = name;
    }
}
