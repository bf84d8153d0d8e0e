namespace Sync.Net.Wire;

internal readonly partial record struct DialFrame : IFrame<DialFrame>
{
    public static FrameType Type => FrameType.Dial;

    public static int FieldCount => 5;

    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.String(Protocol.Magic);
        sink.Int(Version);
        sink.Int(OldestVersion);
        sink.String(Group);
        sink.String(Member);
    }

    public static DialFrame Read(ref BodyReader reader)
    {
        reader.Magic();
        return new DialFrame(
            reader.SmallNumber("version"),
            reader.SmallNumber("oldestVersion"),
            reader.Name("group"),
            reader.Name("member"));
    }
}
