using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>What a link learned in its handshake, and what it takes from its member's options.</summary>
/// <param name="Term">The server's.</param>
/// <param name="HeartbeatInterval">The server's figure.</param>
/// <param name="HeartbeatTimeout">The server's figure.</param>
/// <param name="LargestSent">The largest frame that the server takes.</param>
/// <param name="LargestTaken">The largest frame that this member takes.</param>
/// <param name="Wire">For reading frames.</param>
/// <param name="Time">The clock.</param>
internal sealed record LinkSettings(
    Term Term,
    TimeSpan HeartbeatInterval,
    TimeSpan HeartbeatTimeout,
    int LargestSent,
    int LargestTaken,
    WireContext Wire,
    TimeProvider Time);
