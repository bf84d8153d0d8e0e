using MessagePack;

namespace Sync.Net.Wire;

/// <summary>
/// Reads the fields of one frame, each within its bound. Everything that it returns is owned by the caller; names are
/// taken from the pool.
/// </summary>
internal ref partial struct BodyReader
{
    private readonly FrameType _frame;
    private readonly WireContext _context;
    private MessagePackReader _reader;

    public BodyReader(in RawFrame raw, WireContext context)
    {
        _frame = raw.Type;
        _context = context;
        _reader = new MessagePackReader(raw.Body.Slice(raw.HeaderBytes));
    }

    /// <summary>The field that is being read, for the message of an exception.</summary>
    public string? Field { get; private set; }

    public readonly WireContext Context => _context;

    /// <summary>How many bytes of the frame's own fields are read.</summary>
    public readonly long Consumed => _reader.Consumed;

    private readonly long Remaining => _reader.Sequence.Length - _reader.Consumed;

    public readonly void Need(int elements, int needed)
    {
        if (elements < needed) throw Fault("elements are missing");
    }

    /// <summary>Skips what a later version added and insists on the end of the frame.</summary>
    public void SkipToEnd(int elements)
    {
        Field = null;
        SkipElements(elements);
        if (!_reader.End) throw Fault("bytes are left over");
    }

    /// <summary>Begins a nested array that has at least the elements needed; returns how many more it has.</summary>
    public int BeginArray(string field, int needed)
    {
        Field = field;
        int count = ReadArrayHeader();
        Need(count, needed);
        return count - needed;
    }

    /// <summary>Skips the elements that a later version added to a nested array.</summary>
    public void EndArray(int surplus) => SkipElements(surplus);

    public void Magic()
    {
        if (Name("magic") != Protocol.Magic) throw Fault("not this protocol");
    }

    public bool Bool(string field)
    {
        Field = field;
        return _reader.ReadBoolean();
    }

    /// <summary>Any integer.</summary>
    public long Int(string field)
    {
        Field = field;
        return _reader.ReadInt64();
    }

    /// <summary>An integer that counts or numbers something.</summary>
    public long Number(string field)
    {
        long value = Int(field);
        return value >= 0 ? value : throw Fault("negative");
    }

    public int SmallNumber(string field) => checked((int)Number(field));

    public ulong UInt(string field)
    {
        Field = field;
        return _reader.ReadUInt64();
    }

    /// <summary>One of a closed set of values from 0 to <paramref name="last"/>.</summary>
    public int Choice(string field, int last)
    {
        long value = Number(field);
        return value <= last ? (int)value : throw Fault("unknown value");
    }

    /// <summary>A set of flags; those of later versions are left out by the frame's own reader.</summary>
    public uint Flags(string field)
    {
        Field = field;
        return unchecked((uint)_reader.ReadUInt64());
    }

    public TimeSpan Time(string field)
    {
        long microseconds = Number(field);
        return TimeSpan.FromTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));
    }

    public TimeSpan? OptionalTime(string field)
    {
        Field = field;
        return _reader.TryReadNil() ? null : Time(field);
    }

    private readonly WireException Fault(string fault) => new(_frame, Field, fault);
}
