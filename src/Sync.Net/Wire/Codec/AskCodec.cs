namespace Sync.Net.Wire;

/// <summary>What a request asks of its session: nil for a meeting, else an array.</summary>
internal static class AskCodec
{
    private const int Elements = 5;

    public static void Write<TSink>(ref TSink sink, Ask? ask)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (ask is null)
        {
            sink.Nil();
            return;
        }
        sink.Array(Elements);
        sink.Int((int)ask.Act);
        sink.Int(ask.Number);
        sink.Int(ask.Code);
        sink.Text(ask.Text);
        sink.Names(ask.Names);
    }

    public static Ask? Read(ref BodyReader reader)
    {
        if (reader.Absent("ask")) return null;
        int surplus = reader.BeginArray("ask", Elements);
        var ask = new Ask(
            (Act)reader.Choice("ask.act", (int)Ask.LastAct),
            reader.Number("ask.number"),
            reader.SmallNumber("ask.code"),
            reader.OptionalText("ask.text"),
            reader.OptionalNames("ask.names"));
        reader.EndArray(surplus);
        return ask;
    }
}
