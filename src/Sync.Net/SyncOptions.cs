using MessagePack;
using Microsoft.Extensions.Logging;

namespace Sync.Net;

/// <summary>How a member reaches the others, and how its calls behave.</summary>
/// <remarks>
/// Copied by whatever takes it: changing it later has no effect there. Nothing is read from the environment unless
/// <see cref="FromEnvironment"/> is called.
/// </remarks>
public sealed partial class SyncOptions
{
    /// <summary>The server to connect to: <c>host:port</c>, <c>[v6]:port</c> or <c>unix:PATH</c>. Default null.</summary>
    /// <remarks>
    /// When set, no member hosts a server. Null: a named master hosts it, or else the first of the roster in ordinal order.
    /// </remarks>
    public string? Endpoint { get; set; }

    /// <summary>The group whose members meet each other. Default <c>default</c>.</summary>
    /// <remarks>
    /// A name of 1 to <see cref="SyncLimits.MaxNameBytes"/> bytes. Give each test project that may run beside another one on the same
    /// host a group, or a <see cref="Port"/>, of its own.
    /// </remarks>
    public string Group { get; set; } = "default";

    /// <summary>This member's id, <c>host</c> or <c>host#tag</c>. Default null: the constructor of the object says it.</summary>
    /// <remarks>At most <see cref="SyncLimits.MaxNameBytes"/> bytes.</remarks>
    public string? Member { get; set; }

    /// <summary>This member's role. Default null: none.</summary>
    /// <remarks>A name of 1 to <see cref="SyncLimits.MaxNameBytes"/> bytes; shown in failures.</remarks>
    public string? Role { get; set; }

    /// <summary>The id of the member that hosts the server. Default null: the call names it, or it is elected.</summary>
    /// <remarks>Of no effect when <see cref="Endpoint"/> is set.</remarks>
    public string? Master { get; set; }

    /// <summary>The TCP port of members whose id and <see cref="Endpoints"/> name none. Default 11922.</summary>
    /// <remarks>From 1 to 65535, and the same for all members.</remarks>
    public int Port { get; set; } = 11922;

    /// <summary>The group's key, known to all members and the server. Default null: none.</summary>
    /// <remarks>
    /// At least 16 bytes of UTF-8; <c>openssl rand -hex 32</c> makes a good one. Both sides prove that they hold it; it never
    /// travels and is never logged. It does not encrypt. All who hold it trust each other.
    /// </remarks>
    public string? Key { get; set; }

    /// <summary>Allows to listen beyond this machine without a <see cref="Key"/>. Default false.</summary>
    /// <remarks>Whoever can reach the port can then take any free seat, and read what is exchanged.</remarks>
    public bool AllowUnauthenticated { get; set; }

    /// <summary>Where this member listens when it hosts the server or is called by a master. Default null: under its own id.</summary>
    /// <remarks>
    /// An address of this machine, such as <c>0.0.0.0</c>, or a whole endpoint as in <see cref="Endpoint"/>. For
    /// hosts whose id is not one of their own addresses, such as behind address translation.
    /// </remarks>
    public string? ListenAddress { get; set; }

    /// <summary>Where a member is reached whose id does not say so: id to endpoint. Default empty.</summary>
    /// <remarks>The same on all members. Endpoints are written as in <see cref="Endpoint"/>.</remarks>
    public IDictionary<string, string> Endpoints { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a call waits that says nothing itself. Default null: barriers for ever, <see cref="SyncData{T}"/> 60 s.</summary>
    /// <remarks>
    /// From zero (judged once, after arriving) to 49 days, or <see cref="Timeout.InfiniteTimeSpan"/> to wait for ever. A call that waits
    /// for ever still fails at once when the meeting can no longer take place; but a member that never starts is waited for.
    /// </remarks>
    public TimeSpan? Timeout { get; set; }

    /// <summary>After how much silence each side sends a sign of life. Default 2 s.</summary>
    /// <remarks>
    /// More than zero and less than <see cref="HeartbeatTimeout"/>. For the server that this member may host; members of another server
    /// use that one's. Raising it saves packets, and delays nothing by itself.
    /// </remarks>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how much silence a member counts as away. Default 10 s.</summary>
    /// <remarks>
    /// More than <see cref="HeartbeatInterval"/>, at most a day; never infinite, or the death of a host would not be noticed. For
    /// the server that this member may host. Raising it forgives longer pauses (a debugger, a suspended machine) and
    /// reports a dead host later; a dead process is noticed at once in any case.
    /// </remarks>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after <see cref="HeartbeatTimeout"/> a silent member may still return before it is lost. Default 5 s.</summary>
    /// <remarks>From zero to a day; never infinite. For the server that this member may host. Raising it reports a dead host later.</remarks>
    public TimeSpan ReconnectWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Asks every member that was silent for a heartbeat interval again, right before a barrier is released. Default false.</summary>
    /// <remarks>Costs up to a round trip a release, and narrows the time in which a death goes unnoticed. Source: autotest.</remarks>
    public bool ConfirmRelease { get; set; }

    /// <summary>Waits for a lost member's return instead of failing at once. Default false.</summary>
    /// <remarks>For members that reboot during a test. Without a timeout such a call may wait for ever.</remarks>
    public bool WaitForReturn { get; set; }

    /// <summary>Asks for <see cref="RendezvousResult.Arrivals"/> also above 64 members. Default false.</summary>
    /// <remarks>The order of arrival of 10,000 members is some 200 KB for each of them.</remarks>
    public bool IncludeArrivals { get; set; }

    /// <summary>Writes and reads the values of <see cref="SyncData{T}"/>. Default null: MessagePack.</summary>
    /// <remarks>Needed where code can't be made at run time (native AOT), but for byte arrays and strings.</remarks>
    public ISyncSerializer? Serializer { get; set; }

    /// <summary>MessagePack's options for <see cref="SyncData{T}"/>. Default null: any type, by attributes or by property names.</summary>
    /// <remarks>
    /// Their security is raised to <see cref="MessagePackSecurity.UntrustedData"/>; typeless resolvers are refused. Of no
    /// effect on byte arrays and strings, or when <see cref="Serializer"/> is set.
    /// </remarks>
    public MessagePackSerializerOptions? MessagePackOptions { get; set; }

    /// <summary>Bounds on what the other side can grow. Never null.</summary>
    public SyncLimits Limits { get; set; } = new();

    /// <summary>The clock and the timers of all waits. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Takes the log. Default null: no log.</summary>
    /// <remarks>Neither values nor keys are ever logged.</remarks>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Which start of the member this is, where the environment says so; null for a random one.</summary>
    internal Guid? Incarnation { get; set; }

    /// <summary>A command that only looks on or speaks for its member, without being it: it does not declare the group, so nobody who waits for the member is met.</summary>
    internal bool IsBystander { get; set; }

    /// <summary>Where back-off takes its jitter from; null for <see cref="System.Random.Shared"/>.</summary>
    internal Random? Random { get; set; }
}
