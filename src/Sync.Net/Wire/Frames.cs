using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace Sync.Net.Wire;

/// <summary>Writes and reads whole frames.</summary>
internal static class Frames
{
    public const int LengthPrefixBytes = 4;

    /// <summary>Type, term number, term id.</summary>
    public const int HeaderElements = 3;

    /// <summary>The length of the body as it would be written.</summary>
    public static long Measure<TFrame>(Term term, in TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        SizeSink size = default;
        WriteBody(ref size, term, frame);
        return size.Bytes;
    }

    public static void Write<TFrame>(IBufferWriter<byte> output, Term term, in TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        Write(output, term, frame, checked((int)Measure(term, frame)));
    }

    /// <param name="output">Where the bytes go.</param>
    /// <param name="term">The server's.</param>
    /// <param name="frame">What is written.</param>
    /// <param name="length">What <see cref="Measure"/> said.</param>
    public static void Write<TFrame>(IBufferWriter<byte> output, Term term, in TFrame frame, int length)
        where TFrame : struct, IFrame<TFrame>
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(LengthPrefixBytes), length);
        output.Advance(LengthPrefixBytes);

        PackSink sink = new(output);
        WriteBody(ref sink, term, frame);
        sink.Flush();
    }

    /// <summary>Reads a frame's own fields; nothing of the result refers to the buffer.</summary>
    /// <exception cref="WireException">The body is malformed, or over one of the bounds.</exception>
    public static TFrame Read<TFrame>(in RawFrame raw, WireContext context)
        where TFrame : struct, IFrame<TFrame>
    {
        if (raw.Type != TFrame.Type) throw new WireException(raw.Type, null, $"expected {TFrame.Type}");

        BodyReader reader = new(raw, context);
        try
        {
            reader.Need(raw.FieldCount, TFrame.FieldCount);
            TFrame frame = TFrame.Read(ref reader);
            reader.SkipToEnd(raw.FieldCount - TFrame.FieldCount);
            return frame;
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw new WireException(raw.Type, reader.Field, "malformed");
        }
    }

    // ArgumentException: the reader's own, for lengths of 2 GiB and more.
    private static bool IsMalformed(Exception e) =>
        e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException;

    private static void WriteBody<TSink, TFrame>(ref TSink sink, Term term, in TFrame frame)
        where TSink : struct, IElementSink, allows ref struct
        where TFrame : struct, IFrame<TFrame>
    {
        sink.Array(HeaderElements + TFrame.FieldCount);
        sink.Int((int)TFrame.Type);
        sink.UInt(term.Number);
        sink.UInt(term.Id);
        frame.Write(ref sink);
    }
}
