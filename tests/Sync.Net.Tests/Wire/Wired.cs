using System.Buffers;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

/// <summary>Shortcuts for tests that go from bytes to frames.</summary>
internal static class Wired
{
    public const int MaxFrameBytes = 1 << 20;

    public static WireContext Context { get; } = new(new SyncLimits());

    public static RawFrame ReadRaw(ReadOnlySequence<byte> bytes)
    {
        Assert.Equal(FrameReadStatus.Frame, FrameReader.TryRead(ref bytes, MaxFrameBytes, out RawFrame raw));
        Assert.True(bytes.IsEmpty);
        return raw;
    }

    /// <summary>A frame round a body.</summary>
    public static byte[] Frame(params byte[] body)
    {
        byte[] frame = new byte[4 + body.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }
}
