namespace Sync.Net.Wire;

internal readonly partial record struct HelloFrame : IFrame<HelloFrame>
{
    public static FrameType Type => FrameType.Hello;

    public static int FieldCount => 12;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.String(Protocol.Magic);
        sink.Int(Version);
        sink.Int(OldestVersion);
        sink.UInt(Features);
        sink.String(Group);
        sink.String(Member);
        sink.OptionalString(Role);
        sink.Id(Incarnation);
        sink.UInt((uint)Flags);
        sink.Bytes(KeyId.Span);
        sink.Bytes(Nonce.Span);
        sink.OptionalId(Command);
    }

    public static HelloFrame Read(ref BodyReader reader)
    {
        reader.Magic();
        return new HelloFrame(
            reader.SmallNumber("version"),
            reader.SmallNumber("oldestVersion"),
            reader.UInt("features"),
            reader.Name("group"),
            reader.Name("member"),
            reader.OptionalName("role"),
            reader.Id("incarnation"),
            (HelloFlags)reader.Flags("flags"),
            reader.Bytes("keyId", Protocol.MaxProofBytes),
            reader.Bytes("nonce", Protocol.MaxProofBytes),
            reader.OptionalId("command"));
    }
}
