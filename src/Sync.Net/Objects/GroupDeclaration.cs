using System.Globalization;
using Sync.Net.Wire;

namespace Sync.Net.Objects;

/// <summary>How options describe their group on the wire: a list of lines, see docs/protocol.md.</summary>
internal static class GroupDeclaration
{
    public static Roster LinesOf(SyncOptions options) => Roster.Of(
    [
        .. (options.Roster ?? new Dictionary<string, string?>()).Select(static member => member.Value is null ? member.Key : $"{member.Key}\t{member.Value}"),
        .. (options.Roles ?? new Dictionary<string, int>()).Select(static seats => string.Create(CultureInfo.InvariantCulture, $"\t{seats.Key}\t{seats.Value}")),
        .. options.EssentialRoles.Distinct(StringComparer.Ordinal).Select(static role => $"\t\t{role}"),
    ]);

    /// <summary>The roles that the options declare, in ordinal order.</summary>
    public static IReadOnlyList<string> RolesOf(SyncOptions options) =>
        [.. (options.Roster?.Values.OfType<string>() ?? options.Roles?.Keys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The roster, where the members are declared by name; else null.</summary>
    public static Roster? RosterOf(SyncOptions options) => options.Roster is { } roster ? Roster.Of(roster.Keys) : null;
}
