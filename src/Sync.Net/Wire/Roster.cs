using System.Text;

namespace Sync.Net.Wire;

/// <summary>
/// The members that a generation needs: distinct, in ordinal order, with a hash that stands for the list.
/// </summary>
internal sealed class Roster
{
    private readonly string[] _members;
    private readonly Dictionary<string, int> _positions;

    private Roster(string[] members)
    {
        _members = members;
        _positions = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (int i = 0; i < members.Length; i++) _positions.Add(members[i], i);
        Hash = ComputeHash(members);
    }

    public IReadOnlyList<string> Members => _members;

    public int Count => _members.Length;

    /// <summary>FNV-1a, 64 bits, over the UTF-8 of each id in order, each followed by a zero byte.</summary>
    public ulong Hash { get; }

    public string First => _members[0];

    /// <summary>Nobody; its hash is known to all.</summary>
    public static Roster Empty { get; } = new([]);

    public static Roster Of(IEnumerable<string> members)
    {
        string[] sorted = [.. members];
        Array.Sort(sorted, StringComparer.Ordinal);
        return new Roster(Distinct(sorted));
    }

    /// <summary>The member's place in ordinal order, or −1.</summary>
    public int PositionOf(string member) => _positions.GetValueOrDefault(member, -1);

    public bool Contains(string member) => _positions.ContainsKey(member);

    public bool SameAs(Roster other) =>
        ReferenceEquals(this, other) || (Hash == other.Hash && _members.AsSpan().SequenceEqual(other._members));

    public override string ToString() => string.Join(", ", _members);

    private static string[] Distinct(string[] sorted)
    {
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1]) return [.. sorted.Distinct(StringComparer.Ordinal)];
        }
        return sorted;
    }

    private static ulong ComputeHash(string[] members)
    {
        const ulong OffsetBasis = 14695981039346656037;
        const ulong Prime = 1099511628211;
        ulong hash = OffsetBasis;
        Span<byte> scratch = stackalloc byte[256];
        foreach (string member in members)
        {
            int length = Encoding.UTF8.GetByteCount(member);
            Span<byte> utf8 = length <= scratch.Length ? scratch : new byte[length];
            Encoding.UTF8.GetBytes(member, utf8);
            foreach (byte b in utf8[..length]) hash = (hash ^ b) * Prime;
            hash *= Prime;
        }
        return hash;
    }
}
