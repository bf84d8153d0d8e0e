using System.Collections.Concurrent;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>One object for each roster of a group, found by its hash, so that enters need not carry the list.</summary>
internal sealed class RosterCache
{
    /// <summary>Enough for every test that reuses its rosters; one that does not has to send its lists.</summary>
    private const int MaxRosters = 1024;

    private readonly ConcurrentDictionary<ulong, Roster> _rosters = new();

    /// <summary>The roster of that hash; null when its members are needed.</summary>
    /// <exception cref="ProtocolViolationException">The members are none, are not distinct, or do not have the hash.</exception>
    public Roster? Find(ulong hash, IReadOnlyList<string>? members)
    {
        if (hash == Roster.Empty.Hash && members is not { Count: > 0 }) return Roster.Empty;
        if (members is null) return _rosters.GetValueOrDefault(hash);
        Roster roster = Intern(members);
        return roster.Hash == hash ? roster : throw new ProtocolViolationException("the roster does not have the hash that was sent with it");
    }

    /// <summary>The one roster of these members.</summary>
    public Roster Intern(IReadOnlyList<string> members)
    {
        Roster roster = Create(members);
        if (_rosters.TryGetValue(roster.Hash, out Roster? known)) return known.SameAs(roster) ? known : roster;
        if (_rosters.Count >= MaxRosters) _rosters.Clear();
        return _rosters.GetOrAdd(roster.Hash, roster) is { } kept && kept.SameAs(roster) ? kept : roster;
    }

    private static Roster Create(IReadOnlyList<string> members)
    {
        if (members.Count == 0) throw new ProtocolViolationException("an empty roster");
        try
        {
            return Roster.Of(members);
        }
        catch (ArgumentException)
        {
            throw new ProtocolViolationException("a roster that names a member twice");
        }
    }
}
