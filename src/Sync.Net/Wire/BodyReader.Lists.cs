using MessagePack;

namespace Sync.Net.Wire;

// Lists, and what is skipped.
internal ref partial struct BodyReader
{
    /// <summary>How deep unknown elements may nest.</summary>
    public const int MaxDepth = 32;

    /// <summary>A header byte and one of text.</summary>
    private const int LeastNameBytes = 2;

    /// <summary>
    /// The length of a list whose elements have at least <paramref name="leastBytes"/> each: known to be there before
    /// anything is allocated for them.
    /// </summary>
    public int ListLength(string field, int most, int leastBytes)
    {
        Field = field;
        int count = ReadArrayHeader();
        if (count > most) throw Fault("too many elements");
        if ((long)count * leastBytes > Remaining) throw Fault("elements are missing");
        return count;
    }

    /// <summary>True for nil, which is then read.</summary>
    public bool Absent(string field)
    {
        Field = field;
        return _reader.TryReadNil();
    }

    /// <summary>Members, or lines in their place.</summary>
    public string[] Names(string field) => Names(field, _context.MaxMembers, _context.MaxLineBytes);

    public string[] Names(string field, int most, int maxBytes)
    {
        int count = ListLength(field, most, LeastNameBytes);
        if (count == 0) return [];
        string[] names = new string[count];
        for (int i = 0; i < count; i++) names[i] = Name(field, maxBytes);
        return names;
    }

    public string[]? OptionalNames(string field) => Absent(field) ? null : Names(field);

    public long[] Numbers(string field, int most)
    {
        int count = ListLength(field, most, leastBytes: 1);
        if (count == 0) return [];
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) numbers[i] = Number(field);
        return numbers;
    }

    private int ReadArrayHeader()
    {
        // Explicit, since the reader takes nil for something that it isn't in some versions.
        if (_reader.NextMessagePackType != MessagePackType.Array) throw Fault("array expected");
        return _reader.ReadArrayHeader();
    }

    private void SkipElements(int count, int depth = 0)
    {
        for (int i = 0; i < count; i++) SkipElement(depth);
    }

    // The library's own Skip recurses as deep as the sender likes.
    private void SkipElement(int depth)
    {
        switch (_reader.NextMessagePackType)
        {
            case MessagePackType.Array:
                SkipNested(_reader.ReadArrayHeader(), depth);
                break;
            case MessagePackType.Map:
                int pairs = _reader.ReadMapHeader();
                SkipNested(pairs, depth);
                SkipNested(pairs, depth);
                break;
            default:
                _reader.Skip();
                break;
        }
    }

    private void SkipNested(int count, int depth)
    {
        if (depth == MaxDepth) throw Fault("nested too deep");
        SkipElements(count, depth + 1);
    }
}
