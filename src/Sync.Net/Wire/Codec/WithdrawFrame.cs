namespace Sync.Net.Wire;

internal readonly partial record struct WithdrawFrame : IFrame<WithdrawFrame>
{
    public static FrameType Type => FrameType.Withdraw;

    public static int FieldCount => 4;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int(Request);
        sink.Int(Ack);
        sink.Int((int)Reason);
        sink.Time(Waited);
    }

    public static WithdrawFrame Read(ref BodyReader reader) => new(
        reader.Number("request"),
        reader.Number("ack"),
        (WithdrawReason)reader.Choice("reason", (int)WithdrawReason.GaveUpQuietly),
        reader.Time("waited"));
}
