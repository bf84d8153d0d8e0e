using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>Options under which a silent member is lost after two seconds instead of fifteen.</summary>
internal static class Impatient
{
    public static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan ReconnectWindow = TimeSpan.FromSeconds(1);

    /// <summary>When a silent member is lost; half a heartbeat is the time that it may have been silent before.</summary>
    public static readonly TimeSpan Lost = HeartbeatTimeout + ReconnectWindow - TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan LostAtLast = TimeSpan.FromSeconds(15);

    public static OptionFacts With(OptionFacts options) => options with
    {
        HeartbeatIntervalMs = 200,
        HeartbeatTimeoutMs = HeartbeatTimeout.TotalMilliseconds,
        ReconnectWindowMs = ReconnectWindow.TotalMilliseconds,
    };
}
