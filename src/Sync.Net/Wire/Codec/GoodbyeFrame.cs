namespace Sync.Net.Wire;

internal readonly partial record struct GoodbyeFrame : IFrame<GoodbyeFrame>
{
    public static FrameType Type => FrameType.Goodbye;

    public static int FieldCount => 2;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Bool(Left);
        sink.Int(Ack);
    }

    public static GoodbyeFrame Read(ref BodyReader reader) => new(
        reader.Bool("left"),
        reader.Number("ack"));
}
