namespace Sync.Net.Wire;

internal readonly partial record struct ChallengeFrame : IFrame<ChallengeFrame>
{
    public static FrameType Type => FrameType.Challenge;

    public static int FieldCount => 3;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Version);
        sink.UInt(Features);
        sink.Bytes(Nonce.Span);
    }

    public static ChallengeFrame Read(ref BodyReader reader) => new(
        reader.SmallNumber("version"),
        reader.UInt("features"),
        reader.Bytes("nonce", Protocol.MaxProofBytes));
}
