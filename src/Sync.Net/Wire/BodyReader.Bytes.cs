using System.Buffers;
using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace Sync.Net.Wire;

// Names, texts and bytes.
internal ref partial struct BodyReader
{
    /// <summary>Enough for a name of the default limit, whatever the seams of the buffer.</summary>
    private const int ScratchBytes = 256;

    /// <summary>A name: not empty, bounded, and the same string for the same bytes as a rule.</summary>
    public string Name(string field) => Name(field, _context.MaxNameBytes);

    public string Name(string field, int maxBytes)
    {
        Field = field;
        string name = ReadString(maxBytes, common: true);
        return name.Length > 0 ? name : throw Fault("empty");
    }

    public string? OptionalName(string field)
    {
        Field = field;
        return _reader.TryReadNil() ? null : Name(field);
    }

    /// <summary>A line for people.</summary>
    public string Text(string field, int maxBytes = WireText.MaxBytes)
    {
        Field = field;
        return ReadString(maxBytes, common: false);
    }

    public string? OptionalText(string field)
    {
        Field = field;
        return _reader.TryReadNil() ? null : Text(field);
    }

    /// <summary>A text that is the same in most frames, such as the name of a contract.</summary>
    public string? OptionalCommonText(string field)
    {
        Field = field;
        return _reader.TryReadNil() ? null : ReadString(WireText.MaxBytes, common: true);
    }

    public SessionKey Session(string field)
    {
        var kind = (SessionKind)Choice(field, (int)SessionKind.Group);
        return new SessionKey(kind, Name(field));
    }

    public byte[] Bytes(string field, int maxBytes = int.MaxValue)
    {
        Field = field;
        if (_reader.NextMessagePackType != MessagePackType.Binary) throw Fault("bytes expected");
        ReadOnlySequence<byte> bytes = _reader.ReadBytes().GetValueOrDefault();
        return bytes.Length <= maxBytes ? bytes.ToArray() : throw Fault("too long");
    }

    public ReadOnlyMemory<byte>? OptionalBytes(string field)
    {
        // No conditional expression: a null array would become a memory of no bytes.
        if (Absent(field)) return null;
        return Bytes(field);
    }

    public Guid Id(string field)
    {
        byte[] bytes = Bytes(field, 16);
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : throw Fault("16 bytes expected");
    }

    public Guid? OptionalId(string field) => Absent(field) ? null : Id(field);

    private string ReadString(int maxBytes, bool common)
    {
        if (_reader.NextMessagePackType != MessagePackType.String) throw Fault("string expected");
        if (_reader.TryReadStringSpan(out ReadOnlySpan<byte> utf8)) return ToText(utf8, maxBytes, common);

        ReadOnlySequence<byte> seamed = _reader.ReadStringSequence().GetValueOrDefault();
        if (seamed.Length > maxBytes) throw Fault("too long");
        Span<byte> copy = seamed.Length <= ScratchBytes ? stackalloc byte[ScratchBytes] : new byte[seamed.Length];
        seamed.CopyTo(copy);
        return ToText(copy[..(int)seamed.Length], maxBytes, common);
    }

    private readonly string ToText(scoped ReadOnlySpan<byte> utf8, int maxBytes, bool common)
    {
        if (utf8.Length > maxBytes) throw Fault("too long");

        // What the pool has was found valid before.
        if (common && _context.Names.TryGet(utf8, out string? known)) return known;
        // Strict, or two names that differ in bytes would become one.
        if (!Utf8.IsValid(utf8)) throw Fault("not UTF-8");
        return common ? _context.Names.Add(utf8) : Encoding.UTF8.GetString(utf8);
    }
}
