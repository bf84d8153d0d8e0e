using Sync.Net.Arguments;
using Sync.Net.Texts;
using Sync.Net.Transport;

namespace Sync.Net.Configuration;

/// <summary>The variables that other programs rely on, and how they are read and written.</summary>
internal static class SyncEnvironment
{
    public const string Endpoint = "SYNC_NET_ENDPOINT";
    public const string Group = "SYNC_NET_GROUP";
    public const string Member = "SYNC_NET_MEMBER";
    public const string Role = "SYNC_NET_ROLE";
    public const string Roster = "SYNC_NET_ROSTER";
    public const string Roles = "SYNC_NET_ROLES";
    public const string Essential = "SYNC_NET_ESSENTIAL";
    public const string Master = "SYNC_NET_MASTER";
    public const string Key = "SYNC_NET_KEY";
    public const string KeyFile = "SYNC_NET_KEY_FILE";
    public const string Timeout = "SYNC_NET_TIMEOUT";
    public const string Record = "SYNC_NET_RECORD";
    public const string Window = "SYNC_NET_RECONNECT_WINDOW";
    public const string Incarnation = "SYNC_NET_INCARNATION";

    /// <exception cref="InvalidOperationException">Variables are not usable; the text names each and its remedy.</exception>
    public static SyncOptions Read(Func<string, string?> get)
    {
        var reader = new EnvironmentReader(get);
        var options = new SyncOptions();
        int maxNameBytes = options.Limits.MaxNameBytes;
        options.Endpoint = reader.Text(Endpoint, text => SyncEndpoint.TryParse(text, out _, out string? fault) ? null : fault);
        options.Group = reader.Text(Group, text => NameArgument.FaultOf(text, "group", maxNameBytes)) ?? options.Group;
        options.Member = reader.Text(Member, text => MemberId.FaultOf(text, maxNameBytes));
        options.Role = reader.Text(Role, text => NameArgument.FaultOf(text, "role", maxNameBytes));
        options.Roster = reader.Group(Roster, GroupText.Roster, maxNameBytes);
        options.Roles = reader.Group(Roles, GroupText.Roles, maxNameBytes);
        options.EssentialRoles = reader.Text(Essential, text => FaultOfNames(text, maxNameBytes))?.Split(',') ?? [];
        reader.NotBoth(Roster, options.Roster, Roles, options.Roles);
        options.Master = reader.Text(Master, text => MemberId.FaultOf(text, maxNameBytes));
        options.Key = reader.Key(Key, KeyFile);
        options.Timeout = reader.Duration(Timeout);
        options.RecordFile = reader.Text(Record, static _ => null);
        if (reader.Text(Window, FaultOfWindow) is { } window && DurationText.TryParse(window, out TimeSpan time)) options.ReconnectWindow = time;
        options.Incarnation = reader.Incarnation(Incarnation);
        reader.ThrowIfAnyFault();
        return options;
    }

    public static Dictionary<string, string> Write(SyncOptions options, string member, string? role)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [Group] = options.Group, [Member] = member };
        if (options.Endpoint is { } endpoint) variables[Endpoint] = endpoint;
        if (role is not null) variables[Role] = role;
        if (options.Roster is { } roster) variables[Roster] = GroupText.Write(roster);
        if (options.Roles is { } roles) variables[Roles] = GroupText.Write(roles);
        if (options.EssentialRoles.Count > 0) variables[Essential] = string.Join(',', options.EssentialRoles);
        if (options.Master is { } master) variables[Master] = master;
        if (options.Key is { } key) variables[Key] = key;
        if (options.Timeout is { } timeout) variables[Timeout] = DurationText.Write(timeout);
        if (options.RecordFile is { } record) variables[Record] = Path.GetFullPath(record);
        if (options.ReconnectWindow != new SyncOptions().ReconnectWindow) variables[Window] = DurationText.Write(options.ReconnectWindow);
        return variables;
    }

    private static string? FaultOfWindow(string text) => DurationText.TryParse(text, out TimeSpan time) && time >= TimeSpan.Zero && time <= TimeSpan.FromDays(1)
        ? null
        : $"'{OneLine.Of(text, 40)}' is no such time: write seconds such as 90, or 5m, 1h30m; at most a day.";

    private static string? FaultOfNames(string text, int maxNameBytes) =>
        text.Split(',').Select(name => NameArgument.FaultOf(name, "role", maxNameBytes)).FirstOrDefault(static fault => fault is not null);
}
