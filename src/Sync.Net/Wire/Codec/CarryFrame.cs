namespace Sync.Net.Wire;

internal readonly partial record struct CarryFrame : IFrame<CarryFrame>
{
    public static FrameType Type => FrameType.Carry;

    public static int FieldCount => 3;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.String(Protocol.Magic);
        sink.Int(Version);
        sink.Int(OldestVersion);
    }

    public static CarryFrame Read(ref BodyReader reader)
    {
        reader.Magic();
        return new CarryFrame(reader.SmallNumber("version"), reader.SmallNumber("oldestVersion"));
    }
}
