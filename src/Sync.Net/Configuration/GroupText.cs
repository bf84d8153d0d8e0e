using System.Globalization;
using Sync.Net.Arguments;
using Sync.Net.Texts;

namespace Sync.Net.Configuration;

/// <summary>Groups as variables describe them: <c>db1=server,web1=client,web2</c>, and <c>client*3,server*1</c>.</summary>
internal static class GroupText
{
    /// <summary>Members, each with its role or without one; <paramref name="fault"/> names what is wrong and the remedy.</summary>
    public static Dictionary<string, string?>? Roster(string text, int maxNameBytes, out string? fault)
    {
        var roster = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string part in text.Split(','))
        {
            int equals = part.LastIndexOf('=');
            string id = equals < 0 ? part : part[..equals];
            string? role = equals < 0 ? null : part[(equals + 1)..];
            fault = MemberId.FaultOf(id, maxNameBytes) ?? (role is null ? null : NameArgument.FaultOf(role, "role", maxNameBytes));
            if (fault is null && !roster.TryAdd(id, role)) fault = $"'{OneLine.Of(id, 40)}' is listed twice.";
            if (fault is not null)
            {
                fault += " Write db1=server,web1=client or db1,web1.";
                return null;
            }
        }
        fault = null;
        return roster;
    }

    /// <summary>Seats by role; <paramref name="fault"/> names what is wrong and the remedy.</summary>
    public static Dictionary<string, int>? Roles(string text, int maxNameBytes, out string? fault)
    {
        var roles = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string part in text.Split(','))
        {
            int star = part.LastIndexOf('*');
            string role = star < 0 ? part : part[..star];
            int count = 1;
            bool isCount = star < 0 || (int.TryParse(part.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0);
            fault = isCount ? NameArgument.FaultOf(role, "role", maxNameBytes) : $"'{OneLine.Of(part, 40)}' has no count of 1 or more after the '*'.";
            if (fault is null && !roles.TryAdd(role, count)) fault = $"'{OneLine.Of(role, 40)}' is listed twice.";
            if (fault is not null)
            {
                fault += " Write client*3,server*1.";
                return null;
            }
        }
        fault = null;
        return roles;
    }

    /// <summary>The first name of a group that the variables can't carry; null when they can carry all.</summary>
    public static string? Inexpressible(SyncOptions options) =>
        (options.Roster?.Keys ?? []).Where(id => id.Contains(',') || (options.Roster![id] is null && id.Contains('=')))
        .Concat((options.Roster?.Values ?? []).OfType<string>().Concat(options.Roles?.Keys ?? []).Concat(options.EssentialRoles)
            .Where(static role => role.AsSpan().ContainsAny(",=*")))
        .FirstOrDefault();

    public static string Write(IDictionary<string, string?> roster) =>
        string.Join(',', roster.Select(static member => member.Value is null ? member.Key : $"{member.Key}={member.Value}"));

    public static string Write(IDictionary<string, int> roles) =>
        string.Join(',', roles.Select(static seats => string.Create(CultureInfo.InvariantCulture, $"{seats.Key}*{seats.Value}")));
}
