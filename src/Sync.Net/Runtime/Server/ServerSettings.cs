using Sync.Net.Transport;

namespace Sync.Net.Runtime.Server;

/// <summary>A copy of the options that nobody changes any more.</summary>
internal sealed record ServerSettings
{
    /// <summary>Null for a server that only dials.</summary>
    public SyncEndpoint? Listen { get; init; }

    public string? Key { get; init; }

    public bool AllowUnauthenticated { get; init; }

    public required TimeSpan HeartbeatInterval { get; init; }

    public required TimeSpan HeartbeatTimeout { get; init; }

    public required TimeSpan ReconnectWindow { get; init; }

    public required SyncLimits Limits { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ITransport Transport { get; init; }

    /// <summary>Is told of what happens; null for nobody.</summary>
    public Action<Happening>? Observer { get; init; }

    /// <param name="options">Checked, and nobody else's.</param>
    /// <param name="listen">Where to listen; null for a server that only dials.</param>
    public static ServerSettings From(SyncServerOptions options, SyncEndpoint? listen) => new()
    {
        Listen = listen,
        Key = options.Key,
        AllowUnauthenticated = options.AllowUnauthenticated,
        HeartbeatInterval = options.HeartbeatInterval,
        HeartbeatTimeout = options.HeartbeatTimeout,
        ReconnectWindow = options.ReconnectWindow,
        Limits = options.Limits,
        TimeProvider = options.TimeProvider,
        Transport = options.Transport ?? SocketTransport.Instance,
    };
}
