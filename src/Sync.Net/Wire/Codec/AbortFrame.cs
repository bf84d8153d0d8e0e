namespace Sync.Net.Wire;

internal readonly partial record struct AbortFrame : IFrame<AbortFrame>
{
    public static FrameType Type => FrameType.Abort;

    public static int FieldCount => 7;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Request);
        sink.Int(Ack);
        sink.Session(Session);
        sink.UInt(RosterHash);
        sink.Names(Members);
        sink.Text(Reason);
    }

    public static AbortFrame Read(ref BodyReader reader) => new(
        reader.Number("request"),
        reader.Number("ack"),
        reader.Session("session"),
        reader.UInt("rosterHash"),
        reader.OptionalNames("members"),
        reader.Text("reason"));
}
