namespace Sync.Net.Wire;

internal readonly partial record struct ClosingFrame : IFrame<ClosingFrame>
{
    public static FrameType Type => FrameType.Closing;

    public static int FieldCount => 0;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
    }

    public static ClosingFrame Read(ref BodyReader reader) => default;
}
