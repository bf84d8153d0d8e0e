using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>What a link learned in its handshake, and what it takes from its member's options.</summary>
internal sealed record LinkSettings(
    Term Term,
    TimeSpan HeartbeatInterval,
    TimeSpan HeartbeatTimeout,
    int MaxFrameBytes,
    WireContext Wire,
    TimeProvider Time);
