namespace Sync.Net.TestMember.Protocol;

/// <summary>The options of a barrier, an exchange or a server, as far as tests set them. Null means the library's default.</summary>
internal sealed record OptionFacts
{
    public string? Endpoint { get; init; }

    public string? Group { get; init; }

    public string? Role { get; init; }

    /// <summary>The members of a closed group, each with its role or null.</summary>
    public IReadOnlyDictionary<string, string?>? Roster { get; init; }

    /// <summary>The seats of a closed group by role.</summary>
    public IReadOnlyDictionary<string, int>? Seats { get; init; }

    public IReadOnlyList<string>? Essential { get; init; }

    public int? Port { get; init; }

    public string? Key { get; init; }

    public bool? AllowUnauthenticated { get; init; }

    public string? ListenAddress { get; init; }

    public IReadOnlyDictionary<string, string>? Endpoints { get; init; }

    public double? HeartbeatIntervalMs { get; init; }

    public double? HeartbeatTimeoutMs { get; init; }

    public double? ReconnectWindowMs { get; init; }

    public double? HandshakeTimeoutMs { get; init; }

    public bool? ConfirmRelease { get; init; }

    public bool? WaitForReturn { get; init; }

    public bool? IncludeArrivals { get; init; }
}
