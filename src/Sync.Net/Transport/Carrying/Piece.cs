using System.Buffers;
using System.Buffers.Binary;

namespace Sync.Net.Transport.Carrying;

/// <summary>What a carrier consists of, in both directions: a lane's number, a length, and so many bytes of the lane.</summary>
internal static class Piece
{
    /// <summary>Number and length, four bytes each, most significant first.</summary>
    public const int HeaderBytes = 8;

    /// <summary>The most bytes of one piece; longer writes are cut. So no lane waits long behind another.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Lanes are counted from here.</summary>
    public const uint FirstLane = 1;

    /// <summary>Takes a whole piece off the buffer.</summary>
    /// <param name="buffer">What has come.</param>
    /// <param name="lane">Whose it is.</param>
    /// <param name="bytes">What it holds, within the buffer; nothing ends the lane.</param>
    public static PieceStatus TryRead(ref ReadOnlySequence<byte> buffer, out uint lane, out ReadOnlySequence<byte> bytes)
    {
        bytes = default;
        lane = 0;
        if (buffer.Length < HeaderBytes) return PieceStatus.NeedMore;
        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        lane = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header[sizeof(uint)..]);
        if (lane < FirstLane || length > MostBytes) return PieceStatus.Malformed;
        if (buffer.Length - HeaderBytes < length) return PieceStatus.NeedMore;
        bytes = buffer.Slice(HeaderBytes, length);
        buffer = buffer.Slice(bytes.End);
        return PieceStatus.Piece;
    }

    /// <param name="output">Takes the piece.</param>
    /// <param name="lane">Whose it is.</param>
    /// <param name="bytes">At most <see cref="MostBytes"/>; none to end the lane.</param>
    public static void Write(IBufferWriter<byte> output, uint lane, ReadOnlySpan<byte> bytes)
    {
        Span<byte> span = output.GetSpan(HeaderBytes + bytes.Length);
        BinaryPrimitives.WriteUInt32BigEndian(span, lane);
        BinaryPrimitives.WriteUInt32BigEndian(span[sizeof(uint)..], (uint)bytes.Length);
        bytes.CopyTo(span[HeaderBytes..]);
        output.Advance(HeaderBytes + bytes.Length);
    }
}
