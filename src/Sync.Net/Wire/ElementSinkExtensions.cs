namespace Sync.Net.Wire;

/// <summary>The elements that frames are made of.</summary>
internal static class ElementSinkExtensions
{
    public static void OptionalString<TSink>(this ref TSink sink, string? value)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (value is null) sink.Nil();
        else sink.String(value);
    }

    /// <summary>A line for people, cut where the reader would refuse it.</summary>
    public static void Text<TSink>(this ref TSink sink, string? value, int maxBytes = WireText.MaxBytes)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (value is null) sink.Nil();
        else sink.String(WireText.Cut(value, maxBytes));
    }

    public static void OptionalBytes<TSink>(this ref TSink sink, ReadOnlyMemory<byte>? value)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (value is { } bytes) sink.Bytes(bytes.Span);
        else sink.Nil();
    }

    public static void OptionalId<TSink>(this ref TSink sink, Guid? value)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (value is { } id) sink.Id(id);
        else sink.Nil();
    }

    public static void Time<TSink>(this ref TSink sink, TimeSpan value)
        where TSink : struct, IElementSink, allows ref struct =>
        sink.Int(Math.Max(0, value.Ticks / TimeSpan.TicksPerMicrosecond));

    public static void OptionalTime<TSink>(this ref TSink sink, TimeSpan? value)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (value is { } time) sink.Time(time);
        else sink.Nil();
    }

    public static void Session<TSink>(this ref TSink sink, in SessionKey session)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Int((int)session.Kind);
        sink.String(session.Name);
    }

    public static void Names<TSink>(this ref TSink sink, IReadOnlyList<string>? names)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (names is null)
        {
            sink.Nil();
            return;
        }
        sink.Array(names.Count);
        for (int i = 0; i < names.Count; i++) sink.String(names[i]);
    }
}
