namespace Sync.Net.Wire;

internal readonly partial record struct NeedRosterFrame : IFrame<NeedRosterFrame>
{
    public static FrameType Type => FrameType.NeedRoster;

    public static int FieldCount => 1;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Request);
    }

    public static NeedRosterFrame Read(ref BodyReader reader) => new(
        reader.Number("request"));
}
