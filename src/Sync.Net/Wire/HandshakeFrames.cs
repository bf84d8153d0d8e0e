namespace Sync.Net.Wire;

[Flags]
internal enum HelloFlags
{
    None = 0,

    /// <summary>The same incarnation was connected before; its old connection's end is no death.</summary>
    Resume = 1,
}

internal enum RefuseReason : byte
{
    /// <summary>No protocol version in common.</summary>
    Version = 0,

    /// <summary>Another key, a key where none is set, or none where one is.</summary>
    Key = 1,

    /// <summary>A live incarnation of this member holds the seat.</summary>
    Duplicate = 2,

    /// <summary>This incarnation was replaced by a newer one.</summary>
    Replaced = 3,

    /// <summary>Not one of the group's members.</summary>
    Stranger = 4,

    /// <summary>One of the server's limits is reached.</summary>
    Limit = 5,

    /// <summary>Something that the protocol does not allow.</summary>
    Protocol = 6,

    /// <summary>The server is stopping.</summary>
    Closing = 7,
}

/// <summary>A member asks for its seat.</summary>
internal readonly partial record struct HelloFrame(
    int Version,
    int OldestVersion,
    ulong Features,
    string Group,
    string Member,
    string? Role,
    Guid Incarnation,
    HelloFlags Flags,
    ReadOnlyMemory<byte> KeyId,
    ReadOnlyMemory<byte> Nonce,
    Guid? Command);

/// <summary>The server asks for proof of the key.</summary>
internal readonly partial record struct ChallengeFrame(int Version, ulong Features, ReadOnlyMemory<byte> Nonce);

/// <summary>The member proves that it holds the key.</summary>
internal readonly partial record struct ProofFrame(ReadOnlyMemory<byte> Mac);

/// <summary>The server gives the seat and, with a key, proves that it holds it too.</summary>
internal readonly partial record struct WelcomeFrame(
    int Version,
    ulong Features,
    ReadOnlyMemory<byte> Mac,
    TimeSpan HeartbeatInterval,
    TimeSpan HeartbeatTimeout,
    TimeSpan ReconnectWindow,
    int MaxFrameBytes);

/// <summary>The server does not give the seat, or takes it back; the connection ends.</summary>
internal readonly partial record struct RefuseFrame(RefuseReason Reason, string Text);

/// <summary>A master that dialled a listening member asks it to say hello (the reverse direction).</summary>
internal readonly partial record struct DialFrame(int Version, int OldestVersion, string Group, string Member);

/// <summary>From here on the connection carries lanes, each of which is like a connection of one member. The server answers with the same.</summary>
internal readonly partial record struct CarryFrame(int Version, int OldestVersion);
