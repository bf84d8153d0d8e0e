using Sync.Net.Runtime.Member;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net.Objects;

/// <summary>Who dials whom.</summary>
internal enum Direction
{
    /// <summary>The members dial the master.</summary>
    ToMaster,

    /// <summary>The master dials its listening members.</summary>
    FromMaster,
}

/// <summary>One call in a session, as its public object describes it.</summary>
internal sealed record SessionCall
{
    public required SessionKey Session { get; init; }

    public required Roster Roster { get; init; }

    public required string Master { get; init; }

    /// <summary>Null waits for ever.</summary>
    public required TimeSpan? Timeout { get; init; }

    public Direction Direction { get; init; }

    public EnterFlags Flags { get; init; }

    public ReadOnlyMemory<byte>? Data { get; init; }

    public string? Contract { get; init; }

    public Roster? From { get; init; }

    /// <summary>What is asked of the session; null for a meeting.</summary>
    public Ask? Ask { get; init; }

    /// <summary>Told how a declaration ends that is repeated to another server.</summary>
    public Action<CallEnd>? Repeated { get; init; }

    /// <summary>Reads what was given, before the call counts as met; it throws what the caller gets.</summary>
    public Action<Released, CallContext>? Read { get; init; }

    /// <summary>The deadline ends this wait alone, without an error.</summary>
    public bool Quiet { get; init; }

    /// <summary>Its caller awaits another call next, which goes out along with it.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>Abort instead of entering, for this reason.</summary>
    public string? Abort { get; init; }
}
