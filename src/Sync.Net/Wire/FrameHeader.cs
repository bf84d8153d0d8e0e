using System.Buffers;

namespace Sync.Net.Wire;

/// <summary>The beginning of every body: array header, type and term.</summary>
internal readonly record struct FrameHeader(FrameType Type, Term Term, int FieldCount, int Bytes)
{
    /// <summary>An array header of five bytes and three integers of nine.</summary>
    public const int MaxBytes = 5 + (Frames.HeaderElements * 9);

    public static bool TryRead(in ReadOnlySequence<byte> body, out FrameHeader header)
    {
        ReadOnlySpan<byte> first = body.FirstSpan;
        if (first.Length >= MaxBytes || body.IsSingleSegment) return Read(first, out header) == ElementStatus.Read;

        Span<byte> copy = stackalloc byte[(int)Math.Min(MaxBytes, body.Length)];
        body.Slice(0, copy.Length).CopyTo(copy);
        return Read(copy, out header) == ElementStatus.Read;
    }

    /// <summary>Reads what there is, so that a foreign program is known by its first bytes.</summary>
    public static ElementStatus Read(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        int position = 0;
        ElementStatus status = ElementParser.ReadArrayHeader(bytes, ref position, out uint elements);
        if (status != ElementStatus.Read) return status;
        if (elements is < Frames.HeaderElements or > int.MaxValue) return ElementStatus.Other;

        status = ReadUInt(bytes, ref position, byte.MaxValue, out ulong type);
        if (status != ElementStatus.Read) return status;
        status = ReadUInt(bytes, ref position, uint.MaxValue, out ulong number);
        if (status != ElementStatus.Read) return status;
        status = ReadUInt(bytes, ref position, ulong.MaxValue, out ulong id);
        if (status != ElementStatus.Read) return status;

        header = new FrameHeader(
            (FrameType)type, new Term((uint)number, id), (int)elements - Frames.HeaderElements, position);
        return ElementStatus.Read;
    }

    private static ElementStatus ReadUInt(ReadOnlySpan<byte> bytes, ref int position, ulong max, out ulong value)
    {
        ElementStatus status = ElementParser.ReadUInt(bytes, ref position, out value);
        return status == ElementStatus.Read && value > max ? ElementStatus.Other : status;
    }
}
