using System.Buffers;
using MessagePack;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

/// <summary>Frames that the codec would never write.</summary>
internal static class Bodies
{
    internal delegate void Writing(ref MessagePackWriter writer);

    /// <summary>A frame with the given number of own fields, written freely.</summary>
    public static byte[] Frame(FrameType type, int fieldCount, Writing writing)
    {
        ArrayBufferWriter<byte> body = new();
        MessagePackWriter writer = new(body);
        writer.WriteArrayHeader(Frames.HeaderElements + fieldCount);
        writer.Write((byte)type);
        writer.Write(0);
        writer.Write(0);
        writing(ref writer);
        writer.Flush();
        return Wired.Frame(body.WrittenSpan.ToArray());
    }

    /// <summary>The same frame with more elements at its end.</summary>
    public static byte[] WithTrailing(byte[] frame, int count, Writing writing)
    {
        // Every sample's header is a fixarray, a frame may need the longer form then.
        int fields = (frame[Frames.LengthPrefixBytes] & 0x0f) + count;
        ArrayBufferWriter<byte> body = new();
        MessagePackWriter writer = new(body);
        writer.WriteArrayHeader(fields);
        writer.WriteRaw(frame.AsSpan(Frames.LengthPrefixBytes + 1));
        writing(ref writer);
        writer.Flush();
        return Wired.Frame(body.WrittenSpan.ToArray());
    }
}
