namespace Sync.Net.Runner.Plans;

/// <summary>Gives each member that needs a host of its own a matching one, if there is any way to do so for all.</summary>
internal sealed class HostMatcher(IReadOnlyList<PlanHost> hosts)
{
    private readonly List<PlanRole> _seats = [];
    private readonly Dictionary<PlanHost, int> _seatOf = [];

    /// <summary>The hosts of the role's members; null if they can't all get one beside those who were asked for before.</summary>
    public IReadOnlyList<PlanHost>? TryTake(PlanRole role)
    {
        int first = _seats.Count;
        for (int i = 0; i < role.Count; i++)
        {
            _seats.Add(role);
            if (!TrySeat(_seats.Count - 1, [])) return null;
        }
        return HostsOf(first, role.Count);
    }

    /// <summary>Whom a role's members got in the end: taking for a later role may have moved them.</summary>
    public IReadOnlyList<PlanHost> HostsOf(PlanRole role) => HostsOf(_seats.IndexOf(role), role.Count);

    public static bool Matches(PlanRole role, PlanHost host) =>
        role.Device is { } device ? device == host.Name : (role.Type is null || role.Type == host.Type) && role.Tags.All(host.Tags.Contains);

    private PlanHost[] HostsOf(int first, int count)
    {
        Dictionary<int, PlanHost> hostOf = _seatOf.ToDictionary(static pair => pair.Value, static pair => pair.Key);
        return [.. Enumerable.Range(first, count).Select(seat => hostOf[seat])];
    }

    /// <summary>Takes a free host, or one whose holder can take another.</summary>
    private bool TrySeat(int seat, HashSet<PlanHost> tried)
    {
        PlanHost[] matching = [.. hosts.Where(host => Matches(_seats[seat], host) && !tried.Contains(host))];
        PlanHost? found = Array.Find(matching, host => !_seatOf.ContainsKey(host)) ?? Array.Find(matching, host => tried.Add(host) && TrySeat(_seatOf[host], tried));
        if (found is not null) _seatOf[found] = seat;
        return found is not null;
    }
}
