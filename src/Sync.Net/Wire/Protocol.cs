namespace Sync.Net.Wire;

/// <summary>The constants of docs/protocol.md.</summary>
internal static class Protocol
{
    /// <summary>The first field of a connection's first frame: no other program's stream begins like it.</summary>
    public const string Magic = "sync.net";

    public const int Version = 1;

    /// <summary>The oldest version that this one still speaks.</summary>
    public const int OldestVersion = 1;

    /// <summary>Bits for what one side may do only if the other knows it; none yet.</summary>
    public const ulong Features = 0;

    public const int KeyIdBytes = 8;

    public const int NonceBytes = 32;

    public const int MacBytes = 32;

    /// <summary>Of key ids, nonces and macs, with room for those of later versions.</summary>
    public const int MaxProofBytes = 64;
}
