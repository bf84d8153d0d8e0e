namespace Sync.Net.Wire;

internal readonly partial record struct HeartbeatFrame : IFrame<HeartbeatFrame>
{
    public static FrameType Type => FrameType.Heartbeat;

    public static int FieldCount => 1;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Ack);
    }

    public static HeartbeatFrame Read(ref BodyReader reader) => new(
        reader.Number("ack"));
}
