namespace Sync.Net.Wire;

internal readonly partial record struct PingFrame : IFrame<PingFrame>
{
    public static FrameType Type => FrameType.Ping;

    public static int FieldCount => 1;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Token);
    }

    public static PingFrame Read(ref BodyReader reader) => new(
        reader.Int("token"));
}
