namespace Sync.Net.Wire;

/// <summary>What a request asks of its session: nil for a meeting, else an array.</summary>
internal static class AskCodec
{
    private const int Elements = 5;

    /// <summary>
    /// An act of a later version is the coordinator's to refuse: that costs its caller an answer, and not all of the member's
    /// calls their connection. An abort has a frame of its own.
    /// </summary>
    private const int LargestAct = (int)Act.Abort - 1;

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
        var act = (Act)reader.Choice("ask.act", LargestAct);
        var ask = new Ask(
            act,
            reader.Number("ask.number"),
            reader.SmallNumber("ask.code"),
            ReadText(ref reader, act),
            ReadNames(ref reader, act));
        reader.EndArray(surplus);
        return ask;
    }

    // A role or a state is compared with names, and kept: it has a name's bounds.
    private static string? ReadText(ref BodyReader reader, Act act) => act switch
    {
        Act.SetState => reader.Name("ask.text"),
        Act.ReceiveAll => reader.OptionalName("ask.text"),
        _ => reader.OptionalText("ask.text"),
    };

    private static string[]? ReadNames(ref BodyReader reader, Act act)
    {
        string[]? names = reader.Absent("ask.names") ? null : reader.Names("ask.names", Ask.MaxNames, reader.Context.MaxNameBytes);
        // Who waits for none of no states would be let through.
        if (act == Act.WaitForStates) reader.Need(names?.Length ?? 0, 1);
        return names;
    }
}
