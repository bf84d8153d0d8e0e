using System.Globalization;
using System.Net;
using Sync.Net.Texts;

namespace Sync.Net.Arguments;

/// <summary>Finds out who a member of a group is, and who hosts the server.</summary>
internal static class GroupArgument
{
    /// <summary>The member's id; in open groups one that no other process has, if none is given.</summary>
    /// <exception cref="ArgumentException">It is not known, or is not one of those declared, or has another role.</exception>
    public static string Self(SyncOptions options, string parameter)
    {
        string? self = options.Member;
        if (self is null && options.IsClosedGroup)
        {
            throw new ArgumentException(
                "SyncOptions.Member is null, and the group is closed: say which member this is (SyncOptions.Member or SYNC_NET_MEMBER).", parameter);
        }
        self ??= string.Create(CultureInfo.InvariantCulture, $"{Dns.GetHostName()}#{Environment.ProcessId}");
        if (options.Roster is { } roster)
        {
            if (!roster.TryGetValue(self, out string? role))
            {
                throw new ArgumentException(
                    $"This member, '{self}', is not in SyncOptions.Roster ({NameList.Of([.. roster.Keys.Order(StringComparer.Ordinal)])}): list it there.", parameter);
            }
            if (role is not null && options.Role is { } other && other != role)
                throw new ArgumentException($"SyncOptions.Role is '{other}', and SyncOptions.Roster says that '{self}' is '{role}': make them the same.", parameter);
        }
        else if (options.Roles is { } roles && (options.Role is not { } own || !roles.ContainsKey(own)))
        {
            throw new ArgumentException(
                $"SyncOptions.Role is {(options.Role is null ? "null" : $"'{options.Role}'")}, and SyncOptions.Roles has the seats of "
                + $"{NameList.Of([.. roles.Keys.Order(StringComparer.Ordinal)])}: say which of them this member is.",
                parameter);
        }
        return self;
    }

    /// <summary>Who hosts: nobody where an endpoint is given, else the named master, else the first of the roster.</summary>
    /// <exception cref="ArgumentException">That is not known.</exception>
    public static string Master(SyncOptions options, string self, string parameter)
    {
        if (options.Endpoint is not null) return options.Master ?? self;
        return options.Master ?? options.Roster?.Keys.Min(StringComparer.Ordinal) ?? throw new ArgumentException(
            "Neither SyncOptions.Endpoint nor SyncOptions.Master is set, and there is no SyncOptions.Roster to elect a master from: set one of them.", parameter);
    }
}
