namespace Sync.Net;

/// <summary>Why a wait failed.</summary>
public enum SyncFailureKind
{
    /// <summary>A deadline passed before the wait was met.</summary>
    Timeout,

    /// <summary>A needed member died or fell silent.</summary>
    MemberLost,

    /// <summary>A needed member left the group in good order.</summary>
    MemberLeft,

    /// <summary>A needed member reported its own failure.</summary>
    MemberFailed,

    /// <summary>A member aborted the session.</summary>
    Aborted,

    /// <summary>The members asked for different things: rosters, generations, contracts or counts.</summary>
    Mismatch,

    /// <summary>Every member waits and no wait can be met.</summary>
    Deadlock,

    /// <summary>An operator cleared the session.</summary>
    Cleared,

    /// <summary>The server was lost before its decision was learned: others may have passed.</summary>
    ServerLost,

    /// <summary>The server, or a member in its place, refused: wrong key, stranger, duplicate, limit.</summary>
    Refused,

    /// <summary>A payload could not be written, or not be read as the type asked for.</summary>
    Payload,
}
