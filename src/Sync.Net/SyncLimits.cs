using Sync.Net.Configuration;

namespace Sync.Net;

/// <summary>Bounds on everything that the other side of a connection can grow.</summary>
/// <remarks>The server's count; members use <see cref="MaxFrameBytes"/>, <see cref="MaxNameBytes"/> and <see cref="MaxMembers"/> for what they send.</remarks>
public sealed class SyncLimits
{
    /// <summary>The largest frame, and so about the largest payload of one member, in bytes. Default 16 MiB.</summary>
    /// <remarks>
    /// From 4 KiB to 1 GiB. 64 KiB of it (half of it, if that is less) are kept for names. Raise it on all members and the
    /// server. Each connection may make the other side hold this much, and read values can take eight times as much.
    /// </remarks>
    public int MaxFrameBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The longest name of a member, role, group or session, in bytes of UTF-8. Default 256.</summary>
    /// <remarks>From 16 to 4,096. Names are sent often and appear in messages; strangers may send them before they are known.</remarks>
    public int MaxNameBytes { get; set; } = 256;

    /// <summary>The most members of one group. Default 100,000.</summary>
    /// <remarks>From 1 to 1,000,000. Each costs the server some hundred bytes, also when it has gone.</remarks>
    public int MaxMembers { get; set; } = 100_000;

    /// <summary>The most sessions that one group keeps at a time. Default 100,000.</summary>
    /// <remarks>From 1 to 10,000,000. Each costs the server some hundred bytes, and what was given in its last round.</remarks>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>The most groups of one server. Default 10,000.</summary>
    /// <remarks>From 1 to 1,000,000.</remarks>
    public int MaxGroups { get; set; } = 10_000;

    /// <summary>The most connections of one server. Default 100,000.</summary>
    /// <remarks>From 1 to 1,000,000. Members that share their process's connection count one by one. The operating system's limit of open files may be lower.</remarks>
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>The most connections that may be in their handshake at once. Default 4,096.</summary>
    /// <remarks>From 1 to 1,000,000. Bounds what those cost who have proved nothing yet.</remarks>
    public int MaxHandshakes { get; set; } = 4096;

    /// <summary>The most private bytes queued for one connection; shared results are not counted. Default 16 MiB.</summary>
    /// <remarks>From 4 KiB to 1 TiB. A reader that is further behind is cut off, and may resume.</remarks>
    public long MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of contributions that one group keeps. Default 1 GiB.</summary>
    /// <remarks>From 4 KiB to 1 TiB. Who would exceed it is refused, and nobody else is harmed.</remarks>
    public long MaxKeptBytes { get; set; } = 1L << 30;

    /// <summary>How long a connection may take for its handshake. Default 5 s.</summary>
    /// <remarks>From 1 ms to an hour; never infinite, or silent connections would hold their place for ever.</remarks>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks all limits.</summary>
    /// <exception cref="ArgumentException">Something is not usable; the text lists every fault.</exception>
    public void Validate()
    {
        var faults = new OptionFaults(nameof(SyncLimits));
        AddFaults(faults, "");
        faults.ThrowIfAny();
    }

    internal void AddFaults(OptionFaults faults, string prefix)
    {
        const long KiB = 1 << 10;
        const long GiB = 1 << 30;
        faults.Range(prefix + nameof(MaxFrameBytes), MaxFrameBytes, 4 * KiB, GiB);
        faults.Range(prefix + nameof(MaxNameBytes), MaxNameBytes, 16, 4096);
        faults.Range(prefix + nameof(MaxMembers), MaxMembers, 1, 1_000_000);
        faults.Range(prefix + nameof(MaxSessions), MaxSessions, 1, 10_000_000);
        faults.Range(prefix + nameof(MaxGroups), MaxGroups, 1, 1_000_000);
        faults.Range(prefix + nameof(MaxConnections), MaxConnections, 1, 1_000_000);
        faults.Range(prefix + nameof(MaxHandshakes), MaxHandshakes, 1, 1_000_000);
        faults.Range(prefix + nameof(MaxQueuedBytes), MaxQueuedBytes, 4 * KiB, 1024 * GiB);
        faults.Range(prefix + nameof(MaxKeptBytes), MaxKeptBytes, 4 * KiB, 1024 * GiB);
        if (HandshakeTimeout < TimeSpan.FromMilliseconds(1) || HandshakeTimeout > TimeSpan.FromHours(1))
            faults.Add(prefix + nameof(HandshakeTimeout), $"is {HandshakeTimeout:c}: use 1 ms to an hour; it can't be infinite.");
    }

    internal SyncLimits Clone() => (SyncLimits)MemberwiseClone();
}
