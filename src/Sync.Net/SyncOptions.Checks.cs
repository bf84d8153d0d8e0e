using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Sync.Net.Arguments;
using Sync.Net.Configuration;
using Sync.Net.Transport;

namespace Sync.Net;

public sealed partial class SyncOptions
{
    private const int FallbackNameBytes = 256;

    /// <summary>Checks everything that can be checked without a network.</summary>
    /// <exception cref="ArgumentException">Something is not usable; the text lists every fault.</exception>
    public void Validate()
    {
        var faults = new OptionFaults(nameof(SyncOptions));
        int maxNameBytes = Limits?.MaxNameBytes ?? FallbackNameBytes;
        if (Endpoint is not null) faults.Endpoint(nameof(Endpoint), Endpoint);
        faults.Name(nameof(Group), Group, "group", maxNameBytes);
        faults.Member(nameof(Member), Member, maxNameBytes);
        if (Role is not null) faults.Name(nameof(Role), Role, "role", maxNameBytes);
        faults.Member(nameof(Master), Master, maxNameBytes);
        faults.Group(this, maxNameBytes);
        faults.Range(nameof(Port), Port, 1, ushort.MaxValue);
        faults.Key(nameof(Key), Key);
        if (ListenAddress is not null && !TryListenEndpoint(ListenAddress, Port, out _))
            faults.Add(nameof(ListenAddress), $"is '{ListenAddress}': write an address such as 0.0.0.0, host:port, [v6]:port or unix:PATH.");
        foreach ((string member, string endpoint) in Endpoints)
        {
            faults.Member(nameof(Endpoints), member, maxNameBytes);
            faults.Endpoint($"{nameof(Endpoints)}['{member}']", endpoint);
        }
        if (Timeout is { } timeout && !TimeoutArgument.IsUsable(timeout))
            faults.Add(nameof(Timeout), $"is {timeout:c}: use zero to 49 days, or Timeout.InfiniteTimeSpan.");
        if (RecordFile is { Length: 0 }) faults.Add(nameof(RecordFile), "is empty: name a file, or leave it null for no record.");
        faults.Heartbeat(HeartbeatInterval, HeartbeatTimeout, ReconnectWindow);
        if (Limits is null) faults.Add(nameof(Limits), "is null.");
        else Limits.AddFaults(faults, nameof(Limits) + ".");
        if (TimeProvider is null) faults.Add(nameof(TimeProvider), "is null.");
        faults.ThrowIfAny();
    }

    /// <summary>Checked, and a copy that the caller can't change.</summary>
    /// <exception cref="ArgumentException">Something is not usable.</exception>
    internal static SyncOptions Snapshot(SyncOptions? options)
    {
        if (options is null) return new SyncOptions();
        options.Validate();
        return options.Clone();
    }

    internal SyncOptions Clone()
    {
        var copy = (SyncOptions)MemberwiseClone();
        copy.Endpoints = new Dictionary<string, string>(Endpoints, StringComparer.Ordinal);
        copy.Limits = Limits.Clone();
        copy.Roster = Roster is null ? null : new Dictionary<string, string?>(Roster, StringComparer.Ordinal);
        copy.Roles = Roles is null ? null : new Dictionary<string, int>(Roles, StringComparer.Ordinal);
        copy.EssentialRoles = [.. EssentialRoles];
        return copy;
    }

    /// <summary>Where the others reach a member.</summary>
    internal SyncEndpoint EndpointOf(string member) => Endpoints.TryGetValue(member, out string? endpoint)
        ? SyncEndpoint.Parse(endpoint)
        : MemberId.Parse(member, nameof(member), Limits.MaxNameBytes).EndpointWith(Port);

    /// <summary>Where a member of this process listens.</summary>
    internal SyncEndpoint ListenEndpointOf(string member) =>
        ListenAddress is { } address && TryListenEndpoint(address, EndpointOf(member) is { IsUnix: false, Port: var port } ? port : Port, out var own)
            ? own
            : Widened(EndpointOf(member));

    /// <summary>A machine's own name often means loopback on that machine alone (127.0.1.1), where nobody else could come.</summary>
    private SyncEndpoint Widened(SyncEndpoint endpoint)
    {
        bool isName = !endpoint.IsUnix && endpoint.Host != "localhost" && !IPAddress.TryParse(endpoint.Host, out _);
        bool mayLeaveLoopback = Key is not null || AllowUnauthenticated;
        return isName && mayLeaveLoopback ? SyncEndpoint.Tcp(Socket.OSSupportsIPv6 ? "::" : "0.0.0.0", endpoint.Port) : endpoint;
    }

    private static bool TryListenEndpoint(string text, int port, [NotNullWhen(true)] out SyncEndpoint? endpoint)
    {
        if (SyncEndpoint.TryParse(text, out endpoint, out _)) return true;
        return SyncEndpoint.TryParse(SyncEndpoint.IsV6(text) ? $"[{text}]:{port}" : $"{text}:{port}", out endpoint, out _);
    }
}
