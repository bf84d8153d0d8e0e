namespace Sync.Net.Wire;

internal readonly partial record struct ProofFrame : IFrame<ProofFrame>
{
    public static FrameType Type => FrameType.Proof;

    public static int FieldCount => 1;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Bytes(Mac.Span);
    }

    public static ProofFrame Read(ref BodyReader reader) => new(
        reader.Bytes("mac", Protocol.MaxProofBytes));
}
