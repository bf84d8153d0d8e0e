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
}
