namespace Sync.Net;

/// <summary>What an observer of a server is told of.</summary>
public enum SyncEventKind
{
    /// <summary>A member's state changed.</summary>
    MemberChanged,

    /// <summary>A member began to wait, or left a message.</summary>
    WaitBegan,

    /// <summary>A wait ended, or a message was taken.</summary>
    WaitEnded,

    /// <summary>The clock of a member's host was measured, better than before over this connection.</summary>
    ClockMeasured,
}
