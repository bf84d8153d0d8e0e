namespace Sync.Net.Wire;

internal readonly partial record struct PartFrame : IFrame<PartFrame>
{
    public static FrameType Type => FrameType.Part;

    public static int FieldCount => 4;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Session(Session);
        sink.Int(Generation);
        FactCodec.Write(ref sink, Contributions);
    }

    public static PartFrame Read(ref BodyReader reader) => new(
        reader.Session("session"),
        reader.Number("generation"),
        FactCodec.ReadContributions(ref reader, "contributions"));
}
