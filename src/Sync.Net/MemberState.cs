namespace Sync.Net;

/// <summary>What the server knows of a member's presence.</summary>
public enum MemberState
{
    /// <summary>Never came, or went without leaving: it is waited for.</summary>
    Absent,

    /// <summary>Connected and heard within the heartbeat timeout.</summary>
    Joined,

    /// <summary>Silent, and still inside the reconnect window.</summary>
    Away,

    /// <summary>Left the group in good order.</summary>
    Left,

    /// <summary>Died, or was silent for longer than heartbeat timeout and reconnect window.</summary>
    Lost,

    /// <summary>Reported its own failure.</summary>
    Failed,

    /// <summary>A member whose part is played by single commands, of which none runs now.</summary>
    BetweenCommands,
}
