using System.Globalization;
using Sync.Net.Wire;

namespace Sync.Net.Objects;

/// <summary>How options describe their group on the wire: a list of lines, see docs/protocol.md.</summary>
internal static class GroupDeclaration
{
    // By hand: at the start of a native program, a chain of queries takes longer than a connection.
    public static Roster LinesOf(SyncOptions options)
    {
        List<string> lines = [];
        if (options.Roster is { } roster)
        {
            foreach ((string member, string? role) in roster) lines.Add(role is null ? member : $"{member}\t{role}");
        }
        if (options.Roles is { } roles)
        {
            foreach ((string role, int count) in roles) lines.Add(string.Create(CultureInfo.InvariantCulture, $"\t{role}\t{count}"));
        }
        HashSet<string> essential = new(StringComparer.Ordinal);
        foreach (string role in options.EssentialRoles)
        {
            if (essential.Add(role)) lines.Add($"\t\t{role}");
        }
        return Roster.Of(lines);
    }

    /// <summary>The roles that the options declare, in ordinal order.</summary>
    public static IReadOnlyList<string> RolesOf(SyncOptions options) =>
        [.. (options.Roster?.Values.OfType<string>() ?? options.Roles?.Keys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The roster, where the members are declared by name; else null.</summary>
    public static Roster? RosterOf(SyncOptions options) => options.Roster is { } roster ? Roster.Of(roster.Keys) : null;
}
