namespace Sync.Net;

/// <summary>Bounds on everything that the other side of a connection can grow.</summary>
public sealed class SyncLimits
{
    /// <summary>The largest frame, and so the largest payload of one member, in bytes. Default 16 MiB.</summary>
    public int MaxFrameBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The longest name of a member, role, group or session, in bytes of UTF-8. Default 256.</summary>
    public int MaxNameBytes { get; set; } = 256;

    /// <summary>The most members of one group. Default 100,000.</summary>
    public int MaxMembers { get; set; } = 100_000;

    /// <summary>The most sessions that one group keeps at a time. Default 100,000.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>The most groups of one server. Default 10,000.</summary>
    public int MaxGroups { get; set; } = 10_000;

    /// <summary>The most connections of one server. Default 100,000.</summary>
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>The most connections that may be in their handshake at once. Default 4,096.</summary>
    public int MaxHandshakes { get; set; } = 4096;

    /// <summary>The most private bytes queued for one connection; shared results are not counted. Default 16 MiB.</summary>
    public long MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of contributions that one group keeps. Default 1 GiB.</summary>
    public long MaxKeptBytes { get; set; } = 1L << 30;

    /// <summary>How long a connection may take for its handshake. Default 5 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
