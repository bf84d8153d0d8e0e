using Microsoft.Extensions.Logging;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember;

/// <summary>The protocol's options as the library's.</summary>
internal static class OptionMapping
{
    public static SyncOptions ToMemberOptions(OptionFacts? facts, ILoggerFactory logs)
    {
        SyncOptions options = new() { LoggerFactory = logs };
        if (facts is null) return options;
        options.Endpoint = facts.Endpoint;
        options.Group = facts.Group ?? options.Group;
        options.Role = facts.Role;
        options.Roster = facts.Roster?.ToDictionary(StringComparer.Ordinal);
        options.Roles = facts.Seats?.ToDictionary(StringComparer.Ordinal);
        options.EssentialRoles = [.. facts.Essential ?? []];
        options.Port = facts.Port ?? options.Port;
        options.Key = facts.Key;
        options.AllowUnauthenticated = facts.AllowUnauthenticated ?? false;
        options.ListenAddress = facts.ListenAddress;
        foreach ((string member, string endpoint) in facts.Endpoints ?? new Dictionary<string, string>())
            options.Endpoints[member] = endpoint;
        options.HeartbeatInterval = Span(facts.HeartbeatIntervalMs) ?? options.HeartbeatInterval;
        options.HeartbeatTimeout = Span(facts.HeartbeatTimeoutMs) ?? options.HeartbeatTimeout;
        options.ReconnectWindow = Span(facts.ReconnectWindowMs) ?? options.ReconnectWindow;
        options.Limits.HandshakeTimeout = Span(facts.HandshakeTimeoutMs) ?? options.Limits.HandshakeTimeout;
        options.ConfirmRelease = facts.ConfirmRelease ?? false;
        options.WaitForReturn = facts.WaitForReturn ?? false;
        options.IncludeArrivals = facts.IncludeArrivals ?? false;
        return options;
    }

    public static SyncServerOptions ToServerOptions(OptionFacts? facts, string? listen, ILoggerFactory logs)
    {
        SyncServerOptions options = new() { LoggerFactory = logs };
        options.Listen = listen ?? options.Listen;
        if (facts is null) return options;
        options.Key = facts.Key;
        options.AllowUnauthenticated = facts.AllowUnauthenticated ?? false;
        options.HeartbeatInterval = Span(facts.HeartbeatIntervalMs) ?? options.HeartbeatInterval;
        options.HeartbeatTimeout = Span(facts.HeartbeatTimeoutMs) ?? options.HeartbeatTimeout;
        options.ReconnectWindow = Span(facts.ReconnectWindowMs) ?? options.ReconnectWindow;
        options.Limits.HandshakeTimeout = Span(facts.HandshakeTimeoutMs) ?? options.Limits.HandshakeTimeout;
        return options;
    }

    public static TimeSpan? Span(double? milliseconds) =>
        milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
