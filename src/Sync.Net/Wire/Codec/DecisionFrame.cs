namespace Sync.Net.Wire;

internal readonly partial record struct DecisionFrame : IFrame<DecisionFrame>
{
    public static FrameType Type => FrameType.Decision;

    public static int FieldCount => 4;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Session(Session);
        sink.Int(Generation);
        OutcomeCodec.Write(ref sink, Outcome);
    }

    public static DecisionFrame Read(ref BodyReader reader) => new(
        reader.Session("session"),
        reader.Number("generation"),
        OutcomeCodec.Read(ref reader));
}
