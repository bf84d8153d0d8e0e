namespace Sync.Net.Wire;

/// <summary>What kind of session a name belongs to; the numbers are the wire's.</summary>
internal enum SessionKind : byte
{
    /// <summary>A roster meets.</summary>
    Barrier = 0,

    /// <summary>A roster meets, and each of it may give data.</summary>
    Data = 1,

    /// <summary>As many meet as were counted.</summary>
    Count = 2,

    /// <summary>The messages under one id.</summary>
    Board = 3,

    /// <summary>The sticky states of the members.</summary>
    State = 4,

    /// <summary>The group itself: who belongs to it, who is there.</summary>
    Group = 5,
}

/// <summary>A session's identity within its group.</summary>
internal readonly record struct SessionKey(SessionKind Kind, string Name)
{
    /// <summary>As it stands inside a sentence: barrier 'server-up'.</summary>
    public string InText => $"{Word} '{Name}'";

    /// <summary>The kind, for people.</summary>
    public string Word => Kind switch
    {
        SessionKind.Barrier => "barrier",
        SessionKind.Data => "data",
        SessionKind.Count => "counted barrier",
        SessionKind.Board => "message",
        SessionKind.State => "state",
        _ => "group",
    };

    public override string ToString() => char.ToUpperInvariant(InText[0]) + InText[1..];
}
