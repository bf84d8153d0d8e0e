using System.Buffers;
using System.Buffers.Binary;

namespace Sync.Net.Wire;

/// <summary>Cuts a stream of bytes into frames.</summary>
internal static class FrameReader
{
    /// <summary>
    /// Takes one frame off the beginning of <paramref name="buffer"/>. Throws on no bytes whatever; unless there is a
    /// frame, the buffer stays as it is.
    /// </summary>
    public static FrameReadStatus TryRead(ref ReadOnlySequence<byte> buffer, int maxFrameBytes, out RawFrame frame)
    {
        frame = default;
        if (!TryReadLength(buffer, out uint length)) return FrameReadStatus.NeedMore;
        if (length > (uint)maxFrameBytes) return FrameReadStatus.TooLarge;
        if (length == 0) return FrameReadStatus.Malformed;

        long end = Frames.LengthPrefixBytes + (long)length;
        if (buffer.Length < end) return FrameReadStatus.NeedMore;

        ReadOnlySequence<byte> body = buffer.Slice(Frames.LengthPrefixBytes, length);
        if (!FrameHeader.TryRead(body, out FrameHeader header)) return FrameReadStatus.Malformed;
        if (header.FieldCount > length - header.Bytes) return FrameReadStatus.Malformed;

        frame = new RawFrame(header.Type, header.Term, body, header.Bytes, header.FieldCount);
        buffer = buffer.Slice(end);
        return FrameReadStatus.Frame;
    }

    /// <summary>The bytes of the frame that the buffer begins with, which is not there whole yet; 0 while they are not known.</summary>
    public static int Expected(in ReadOnlySequence<byte> buffer) =>
        TryReadLength(buffer, out uint length) ? Frames.LengthPrefixBytes + (int)length : 0;

    private static bool TryReadLength(in ReadOnlySequence<byte> buffer, out uint length)
    {
        if (BinaryPrimitives.TryReadUInt32BigEndian(buffer.FirstSpan, out length)) return true;
        if (buffer.Length < Frames.LengthPrefixBytes) return false;

        Span<byte> prefix = stackalloc byte[Frames.LengthPrefixBytes];
        buffer.Slice(0, Frames.LengthPrefixBytes).CopyTo(prefix);
        length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        return true;
    }
}
