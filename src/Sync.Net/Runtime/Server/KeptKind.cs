namespace Sync.Net.Runtime.Server;

/// <summary>What an entry of the store is; the numbers are the store's, and never used for anything else.</summary>
internal enum KeptKind : byte
{
    Declaration = 1,
    Member = 2,
    End = 3,
    Message = 4,
    Round = 5,
    State = 6,
    Credit = 7,
}
