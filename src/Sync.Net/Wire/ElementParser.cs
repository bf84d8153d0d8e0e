using System.Buffers.Binary;
using MessagePack;

namespace Sync.Net.Wire;

/// <summary>The elements of a frame's header, read without exceptions from bytes that may be anything or end anywhere.</summary>
internal static class ElementParser
{
    public static ElementStatus ReadArrayHeader(ReadOnlySpan<byte> bytes, ref int position, out uint count)
    {
        count = 0;
        if (position >= bytes.Length) return ElementStatus.NeedMore;

        byte code = bytes[position];
        int size = code switch { MessagePackCode.Array16 => 2, MessagePackCode.Array32 => 4, _ => 0 };
        if (size == 0)
        {
            if (code is < MessagePackCode.MinFixArray or > MessagePackCode.MaxFixArray) return ElementStatus.Other;
            count = (uint)(code - MessagePackCode.MinFixArray);
        }
        else
        {
            if (bytes.Length - position - 1 < size) return ElementStatus.NeedMore;
            count = (uint)BigEndian(bytes.Slice(position + 1, size));
        }
        position += 1 + size;
        return ElementStatus.Read;
    }

    /// <summary>An integer of any MessagePack form that is not negative.</summary>
    public static ElementStatus ReadUInt(ReadOnlySpan<byte> bytes, ref int position, out ulong value)
    {
        value = 0;
        if (position >= bytes.Length) return ElementStatus.NeedMore;

        byte code = bytes[position];
        if (code <= MessagePackCode.MaxFixInt)
        {
            value = code;
            position++;
            return ElementStatus.Read;
        }
        if (code is < MessagePackCode.UInt8 or > MessagePackCode.Int64) return ElementStatus.Other;

        // The codes of the unsigned and of the signed forms follow each other in order of size.
        bool signed = code >= MessagePackCode.Int8;
        int size = 1 << (code - (signed ? MessagePackCode.Int8 : MessagePackCode.UInt8));
        if (bytes.Length - position - 1 < size) return ElementStatus.NeedMore;

        value = BigEndian(bytes.Slice(position + 1, size));
        if (signed && value >> ((8 * size) - 1) != 0) return ElementStatus.Other;
        position += 1 + size;
        return ElementStatus.Read;
    }

    private static ulong BigEndian(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };
}
