using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sync.Net.Coordination;

namespace Sync.Net.Runtime.Server;

/// <summary>The groups of one server, made by their first member and dropped when they keep nothing.</summary>
internal sealed class GroupMap(ServerContext server)
{
    private readonly ConcurrentDictionary<string, Group> _groups = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Group>> All => _groups;

    /// <summary>At the limit, the group goes that nobody has been connected to for the longest time.</summary>
    public bool HasRoomFor(string name) => _groups.ContainsKey(name) || _groups.Count < server.Limits.MaxGroups || MakeRoom();

    /// <summary>Joins the link to its group; false when there would be too many groups.</summary>
    public bool TryJoin(string name, GroupLink link, bool resume, [NotNullWhen(true)] out Group? group, [NotNullWhen(true)] out Batch? batch)
    {
        while (TryGetOrAdd(name, out group))
        {
            link.Group = group;
            batch = group.Rent();
            if (group.TryJoin(batch, link, resume)) return true;
            // It was dropped in between; give the other thread the time to take it off the map.
            Remove(group);
        }
        batch = null;
        return false;
    }

    /// <summary>Makes the groups of which an earlier server has kept something, before anybody can join.</summary>
    public void Restore(IReadOnlyDictionary<string, IReadOnlyList<KeptFact>> kept)
    {
        foreach ((string name, IReadOnlyList<KeptFact> facts) in kept) _groups.GetOrAdd(name, static (key, context) => new Group(context, key), server).Restore(facts);
    }

    /// <summary>The group, kept as long as the server runs; null when there would be too many groups.</summary>
    public Group? Pin(string name)
    {
        while (TryGetOrAdd(name, out Group? group))
        {
            if (group.TryPin()) return group;
            Remove(group);
        }
        return null;
    }

    public void Remove(Group group) => _groups.TryRemove(KeyValuePair.Create(group.Name, group));

    private bool MakeRoom()
    {
        TimeSpan now = server.Now;
        Group? oldest = _groups.Values.Where(group => group.EmptySince(now) is not null).MinBy(group => group.EmptySince(now));
        if (oldest?.TryRetire(now) != true) return false;
        Remove(oldest);
        Log.GroupDropped(server.Logger, oldest.Name, server.Limits.MaxGroups);
        return true;
    }

    private bool TryGetOrAdd(string name, [NotNullWhen(true)] out Group? group)
    {
        if (_groups.TryGetValue(name, out group)) return true;
        if (!HasRoomFor(name)) return false;
        group = _groups.GetOrAdd(name, static (key, context) => new Group(context, key), server);
        return true;
    }
}
