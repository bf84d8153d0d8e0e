using System.Buffers;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>Encodes a frame into an array of its own, which can be queued on any number of connections.</summary>
internal static class FrameBytes
{
    /// <summary>A larger buffer is given back to the collector after its frame.</summary>
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public static byte[] Of<TFrame>(Term term, in TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        ArrayBufferWriter<byte> writer = buffer ??= new ArrayBufferWriter<byte>();
        writer.ResetWrittenCount();
        Frames.Write(writer, term, frame);
        byte[] bytes = writer.WrittenSpan.ToArray();
        if (writer.Capacity > KeptBytes) buffer = null;
        return bytes;
    }
}
