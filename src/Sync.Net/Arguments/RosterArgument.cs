using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net.Arguments;

/// <summary>Checks the lists of members that callers pass.</summary>
internal static class RosterArgument
{
    /// <summary>A barrier's roster: all members, the caller among them.</summary>
    /// <exception cref="ArgumentException">The roster is not usable; the text says what to write instead.</exception>
    public static Roster ForBarrier(string self, IEnumerable<string> roster, string parameter, SyncLimits limits)
    {
        string[] members = Distinct(self, roster, "roster", parameter, limits);
        if (members.Contains(self)) return Roster.Of(members);
        throw members.Length == 1
            ? Fault(parameter, $"The roster names only another member, '{members[0]}': list all members, with '{self}' (this one) among them.")
            : Fault(parameter, $"The roster ({NameList.Of(members)}) lacks '{self}', this member: every member passes the same list of all.");
    }

    /// <summary>The members of a data exchange; the master may stand outside and only serve.</summary>
    /// <exception cref="ArgumentException">The hosts are not usable; the text says what to write instead.</exception>
    public static Roster ForData(string self, string master, IEnumerable<string> hosts, string parameter, SyncLimits limits)
    {
        string[] members = Distinct(self, hosts, "list of hosts", parameter, limits);
        if (self == master || members.Contains(self)) return Roster.Of(members);
        throw Fault(
            parameter,
            $"The list of hosts ({NameList.Of(members)}) lacks '{self}', this member: list all that exchange data; only the master may stand outside.");
    }

    /// <summary>Members that somebody waits for, the caller among them or not.</summary>
    /// <exception cref="ArgumentException">The list is not usable; the text says what to write instead.</exception>
    public static Roster Members(IEnumerable<string> members, string parameter, SyncLimits limits) =>
        Roster.Of(Distinct("", members, "list of members", parameter, limits));

    /// <summary>Whose data is wanted: some of the hosts.</summary>
    /// <exception cref="ArgumentException">Somebody named is not among the hosts.</exception>
    public static Roster From(Roster hosts, IEnumerable<string> from, string parameter, SyncLimits limits)
    {
        string[] members = Distinct("", from, "list of those wanted", parameter, limits);
        return Array.Find(members, m => !hosts.Contains(m)) is { } stranger
            ? throw Fault(parameter, $"'{stranger}' is not among the hosts ({NameList.Of(hosts.Members)}): name only hosts of this exchange.")
            : Roster.Of(members);
    }

    /// <summary>
    /// The members of a meeting whose master dials: the master's list is everybody else; a member's is at least itself.
    /// </summary>
    /// <returns>The master and the listed members.</returns>
    /// <exception cref="ArgumentException">The lists are not usable; the text says what to write instead.</exception>
    public static Roster ForServers(string self, string master, IEnumerable<string> members, string parameter, SyncLimits limits)
    {
        string[] others = Distinct(self, members, "list of members", parameter, limits);
        if (others.Contains(master)) throw Fault(parameter, $"The list of members holds the master, '{master}': name it once, as the master.");
        if (self != master && !others.Contains(self))
        {
            throw Fault(
                parameter, $"This member, '{self}', is neither the master '{master}' nor listed: a member names the master and at least itself.");
        }
        return Roster.Of([master, .. others]);
    }

    private static string[] Distinct(string self, IEnumerable<string> roster, string what, string parameter, SyncLimits limits)
    {
        ArgumentNullException.ThrowIfNull(roster, parameter);
        string[] members = [.. roster];
        if (members.Length == 0) throw Fault(parameter, $"The {what} is empty: list the ids of all members.");
        if (members.Length > limits.MaxMembers)
            throw Fault(parameter, $"The {what} has {members.Length} members: at most {limits.MaxMembers} are allowed (SyncLimits.MaxMembers).");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? member in members)
        {
            if (member is null) throw Fault(parameter, $"The {what} holds a null: list ids only.");
            if (Joined(member, members.Length == 1 && member != self) is { } parts)
            {
                throw Fault(
                    parameter,
                    $"The {what} holds '{OneLine.Of(member, 80)}', which looks like several ids in one string: pass each id by itself, "
                    + $"{string.Join(", ", parts.Take(3).Select(p => $"\"{OneLine.Of(p, 20)}\""))}.");
            }
            if (MemberId.FaultOf(member, limits.MaxNameBytes) is { } fault) throw Fault(parameter, fault);
            if (!seen.Add(member))
                throw Fault(parameter, $"The {what} holds '{member}' twice: give each member on one host a tag of its own, such as {member}#2.");
        }
        return members;
    }

    // White space may be part of a tag, so it counts only where nothing else makes sense.
    private static string[]? Joined(string member, bool judgeSpaces)
    {
        char[] separators = judgeSpaces ? [',', ';', ' ', '\t', '\n'] : [',', ';'];
        if (member.IndexOfAny(separators) < 0) return null;
        return member.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static ArgumentException Fault(string parameter, string text) => new(text, parameter);
}
