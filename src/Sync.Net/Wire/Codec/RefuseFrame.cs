namespace Sync.Net.Wire;

internal readonly partial record struct RefuseFrame : IFrame<RefuseFrame>
{
    public static FrameType Type => FrameType.Refuse;

    public static int FieldCount => 2;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int((int)Reason);
        sink.Text(Text, WireText.MaxRefusalBytes);
    }

    public static RefuseFrame Read(ref BodyReader reader) => new(
        ReadReason(ref reader),
        reader.Text("text", WireText.MaxRefusalBytes));

    // Refused is refused, whatever a later version's reason is: the text says it.
    private static RefuseReason ReadReason(ref BodyReader reader)
    {
        long reason = reader.Number("reason");
        return reason <= (long)RefuseReason.Closing ? (RefuseReason)reason : RefuseReason.Protocol;
    }
}
