namespace Sync.Net.Wire;

/// <summary>What kind of session a name belongs to; the numbers are the wire's.</summary>
internal enum SessionKind : byte
{
    Barrier = 0,
    Data = 1,
}

/// <summary>A session's identity within its group.</summary>
internal readonly record struct SessionKey(SessionKind Kind, string Name)
{
    /// <summary>As it stands inside a sentence: barrier 'server-up'.</summary>
    public string InText => $"{(Kind == SessionKind.Barrier ? "barrier" : "data")} '{Name}'";

    public override string ToString() => char.ToUpperInvariant(InText[0]) + InText[1..];
}
