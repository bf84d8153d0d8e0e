namespace Sync.Net.Wire;

internal readonly partial record struct ResumeFrame : IFrame<ResumeFrame>
{
    public static FrameType Type => FrameType.Resume;

    public static int FieldCount => 2;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Next);
        sink.Array(Open.Count);
        for (int i = 0; i < Open.Count; i++) sink.Int(Open[i]);
    }

    public static ResumeFrame Read(ref BodyReader reader) => new(
        reader.Number("next"),
        reader.Numbers("open", reader.Context.MaxOpenRequests));
}
