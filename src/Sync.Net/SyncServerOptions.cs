using Microsoft.Extensions.Logging;

namespace Sync.Net;

/// <summary>Where a server listens, and what it bounds.</summary>
/// <remarks>Copied by <see cref="SyncServer.StartAsync"/>: changing it later has no effect there.</remarks>
public sealed partial class SyncServerOptions
{
    /// <summary>Where to listen: <c>host:port</c>, <c>[v6]:port</c> or <c>unix:PATH</c>. Default <c>127.0.0.1:0</c>.</summary>
    /// <remarks>
    /// Port 0 takes a free one, told by <see cref="SyncServer.Endpoint"/>. Anything but loopback and Unix sockets needs
    /// a <see cref="Key"/> or <see cref="AllowUnauthenticated"/>.
    /// </remarks>
    public string Listen { get; set; } = "127.0.0.1:0";

    /// <summary>The key that members must hold. Default null: none.</summary>
    /// <remarks>
    /// At least 16 bytes of UTF-8; <c>openssl rand -hex 32</c> makes a good one. Both sides prove that they hold it; it never
    /// travels and is never logged. It does not encrypt. All who hold it trust each other.
    /// </remarks>
    public string? Key { get; set; }

    /// <summary>Allows to listen beyond this machine without a <see cref="Key"/>. Default false.</summary>
    /// <remarks>Whoever can reach the port can then take any free seat, and read what is exchanged.</remarks>
    public bool AllowUnauthenticated { get; set; }

    /// <summary>After how much silence each side sends a sign of life. Default 2 s.</summary>
    /// <remarks>More than zero and less than <see cref="HeartbeatTimeout"/>. Told to the members. Raising it saves packets.</remarks>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how much silence a member counts as away. Default 10 s.</summary>
    /// <remarks>
    /// More than <see cref="HeartbeatInterval"/>, at most a day; never infinite, or the death of a host would not be noticed. Raising
    /// it forgives longer pauses (a debugger, a suspended machine) and reports a dead host later; a dead process is noticed at once.
    /// </remarks>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after <see cref="HeartbeatTimeout"/> a silent member may still return before it is lost. Default 5 s.</summary>
    /// <remarks>From zero to a day; never infinite. Raising it reports a dead host later.</remarks>
    public TimeSpan ReconnectWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bounds on what members can grow. Never null.</summary>
    public SyncLimits Limits { get; set; } = new();

    /// <summary>The clock and the timers of the server. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Is told of members' changes and of waits, as they happen. Default null: nobody is, and it costs nothing.</summary>
    /// <remarks>
    /// Called on the thread pool, one call at a time, in each group's own order; never under a lock, so that it may take its time and may call this
    /// library. What it throws is logged. What comes while it works waits for it in memory: hand over what takes long.
    /// </remarks>
    public Action<SyncEvent>? Observer { get; set; }

    /// <summary>Takes the log. Default null: no log.</summary>
    /// <remarks>Neither values nor keys are ever logged.</remarks>
    public ILoggerFactory? LoggerFactory { get; set; }
}
