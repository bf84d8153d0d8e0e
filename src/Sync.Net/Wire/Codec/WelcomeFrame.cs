using System.Buffers;

namespace Sync.Net.Wire;

internal readonly partial record struct WelcomeFrame : IFrame<WelcomeFrame>
{
    public static FrameType Type => FrameType.Welcome;

    public static int FieldCount => 7;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Version);
        sink.UInt(Features);
        sink.Bytes(Mac.Span);
        sink.Time(HeartbeatInterval);
        sink.Time(HeartbeatTimeout);
        sink.Time(ReconnectWindow);
        sink.Int(MaxFrameBytes);
    }

    public static WelcomeFrame Read(ref BodyReader reader) => new(
        reader.SmallNumber("version"),
        reader.UInt("features"),
        reader.Bytes("mac", Protocol.MaxProofBytes),
        reader.Time("heartbeatInterval"),
        reader.Time("heartbeatTimeout"),
        reader.Time("reconnectWindow"),
        reader.SmallNumber("maxFrameBytes"));

    /// <summary>What the mac of a well-formed welcome covers of it: the body as it was sent, with that element cut out.</summary>
    public static byte[] BodyWithoutMac(in RawFrame raw, WireContext context)
    {
        BodyReader reader = new(raw, context);
        reader.SmallNumber("version");
        reader.UInt("features");
        long start = raw.HeaderBytes + reader.Consumed;
        reader.Bytes("mac");
        long end = raw.HeaderBytes + reader.Consumed;
        return [.. raw.Body.Slice(0, start).ToArray(), .. raw.Body.Slice(end).ToArray()];
    }
}
