namespace Sync.Net.Transport.Carrying;

/// <summary>What a reader of pieces found.</summary>
internal enum PieceStatus
{
    Piece,

    /// <summary>More bytes are needed.</summary>
    NeedMore,

    /// <summary>No lane's number, or too long.</summary>
    Malformed,
}
