namespace Sync.Net.Wire;

internal readonly partial record struct EnterFrame : IFrame<EnterFrame>
{
    public static FrameType Type => FrameType.Enter;

    public static int FieldCount => 12;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Request);
        sink.Int(Ack);
        sink.Session(Session);
        sink.Int(ExpectedGeneration);
        sink.UInt((uint)Flags);
        sink.UInt(RosterHash);
        sink.Names(Members);
        sink.OptionalBytes(Data);
        sink.Text(Contract);
        sink.Names(From);
        AskCodec.Write(ref sink, Ask);
    }

    public static EnterFrame Read(ref BodyReader reader) => new(
        reader.Number("request"),
        reader.Number("ack"),
        reader.Session("session"),
        reader.Number("expectedGeneration"),
        (EnterFlags)reader.Flags("flags"),
        reader.UInt("rosterHash"),
        reader.OptionalNames("members"),
        reader.OptionalBytes("data"),
        reader.OptionalCommonText("contract"),
        reader.OptionalNames("from"),
        AskCodec.Read(ref reader));
}
