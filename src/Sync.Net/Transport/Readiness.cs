namespace Sync.Net.Transport;

/// <summary>What a socket is ready for, in the numbers of epoll.</summary>
[Flags]
internal enum Readiness : uint
{
    None = 0,
    Read = 0x1,
    Write = 0x4,
    Error = 0x8,
    HangUp = 0x10,

    /// <summary>The other side sends nothing more.</summary>
    End = 0x2000,

    /// <summary>Only changes are told, and each once.</summary>
    EdgeTriggered = 1u << 31,
}
