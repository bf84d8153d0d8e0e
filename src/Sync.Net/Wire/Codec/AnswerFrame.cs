namespace Sync.Net.Wire;

internal readonly partial record struct AnswerFrame : IFrame<AnswerFrame>
{
    public static FrameType Type => FrameType.Answer;

    public static int FieldCount => 5;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Request);
        sink.Session(Session);
        sink.Int(Generation);
        OutcomeCodec.Write(ref sink, Outcome);
    }

    public static AnswerFrame Read(ref BodyReader reader) => new(
        reader.Number("request"),
        reader.Session("session"),
        reader.Number("generation"),
        OutcomeCodec.Read(ref reader));
}
