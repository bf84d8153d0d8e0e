namespace Sync.Net.Wire;

internal readonly partial record struct PongFrame : IFrame<PongFrame>
{
    public static FrameType Type => FrameType.Pong;

    public static int FieldCount => 3;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Token);
        sink.Int(Ack);
        sink.Int(Clock);
    }

    public static PongFrame Read(ref BodyReader reader) => new(
        reader.Int("token"),
        reader.Number("ack"),
        reader.Int("clock"));
}
