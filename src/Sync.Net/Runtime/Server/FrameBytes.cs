using System.Buffers;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>Encodes a frame into an array of its own, which can be queued on any number of connections.</summary>
internal static class FrameBytes
{
    /// <summary>A larger frame is written where it stays.</summary>
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public static byte[] Of<TFrame>(Term term, in TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        int length = checked((int)Frames.Measure(term, frame));
        if (length > KeptBytes)
        {
            var exact = new ExactWriter(Frames.LengthPrefixBytes + length);
            Frames.Write(exact, term, frame, length);
            return exact.Written;
        }
        ArrayBufferWriter<byte> writer = buffer ??= new ArrayBufferWriter<byte>();
        writer.ResetWrittenCount();
        Frames.Write(writer, term, frame, length);
        return writer.WrittenSpan.ToArray();
    }
}
