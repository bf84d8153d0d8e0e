using System.Net;
using Sync.Net.Transport;

namespace Sync.Net.Runner.Engine;

/// <summary>Whether members on other hosts can come to the runner's server by what they are told.</summary>
internal static class ReachCheck
{
    /// <summary>Null when all is well, as far as that can be known here; else who can't come, and the remedy.</summary>
    public static string? FaultOf(RunSettings run, IEnumerable<MemberPlan> members)
    {
        // Whoever says what members are told knows of tunnels and names that are not known here.
        if (run.Endpoint is not null || run.Master is not null || run.Advertise is not null) return null;
        if (!SyncEndpoint.TryParse(run.Listen, out SyncEndpoint? listen, out _)) return null;
        SyncEndpoint told = ReachableEndpoint.Of(listen);
        bool isAny = told != listen;
        Predicate<RunHost> canCome;
        if (told.IsUnix) canCome = static host => host.HasFilesOfThisMachine;
        else if (IsLoopback(told.Host)) canCome = static host => host.HasLoopbackOfThisMachine;
        else return null;
        var known = new Dictionary<RunHost, bool>();
        foreach (MemberPlan member in members)
        {
            if (!known.TryGetValue(member.Host, out bool can)) known.Add(member.Host, can = canCome(member.Host));
            if (!can) return $"{member.Id} is on another host ({member.Host.Name}), and would be told the server's address {told.Host}{told.Path}, which leads nowhere from there: {Remedy(member.Host, run.Listen, isAny)}.";
        }
        return null;
    }

    private static string Remedy(RunHost host, string listen, bool isAny)
    {
        string remedy = isAny
            ? $"it listens at {listen}; say by Advertise (--advertise HOST) what this machine is called there"
            : "listen at this machine's address there by Listen (--listen ADDRESS:0), or at all of them (--listen 0.0.0.0:0) and say by Advertise (--advertise HOST) what it is called there";
        return host is Hosts.ElsewhereHost ? $"{remedy}; --advertise 127.0.0.1 if that is this machine" : remedy;
    }

    private static bool IsLoopback(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) ? IPAddress.IsLoopback(address) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
