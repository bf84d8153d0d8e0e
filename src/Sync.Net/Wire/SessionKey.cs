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
    public override string ToString() => $"{(Kind == SessionKind.Barrier ? "Barrier" : "Data")} '{Name}'";
}
