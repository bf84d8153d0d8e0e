using System.Globalization;
using Sync.Net.Cli.CommandLine;

namespace Sync.Net.Cli.Connecting;

/// <summary>Who the member is and where the server: by options, which win, or by SYNC_NET_* variables.</summary>
/// <remarks>An option is laid over its variable, so that the library reads and checks both alike, and whatever this process starts has them too.</remarks>
internal static class MemberOptions
{
    public const string Incarnation = "SYNC_NET_INCARNATION";
    public const string Member = "SYNC_NET_MEMBER";
    public const string Role = "SYNC_NET_ROLE";
    public const string Key = "SYNC_NET_KEY";
    public const string KeyFile = "SYNC_NET_KEY_FILE";

    private static readonly (string Option, string Variable, string? Instead)[] Variables =
    [
        ("--endpoint", "SYNC_NET_ENDPOINT", null),
        ("--group", "SYNC_NET_GROUP", null),
        ("--member", Member, null),
        ("--role", Role, null),
        ("--group-roster", "SYNC_NET_ROSTER", "SYNC_NET_ROLES"),
        ("--group-roles", "SYNC_NET_ROLES", "SYNC_NET_ROSTER"),
        ("--essential", "SYNC_NET_ESSENTIAL", null),
        ("--key-file", KeyFile, Key),
        ("--timeout", "SYNC_NET_TIMEOUT", null),
        ("--record", "SYNC_NET_RECORD", null),
    ];

    /// <summary>All variables that describe a member.</summary>
    public static IEnumerable<string> All => [.. Variables.Select(static each => each.Variable), Key, "SYNC_NET_MASTER", "SYNC_NET_RECONNECT_WINDOW", Incarnation];

    /// <exception cref="UsageException">An option or a variable is not usable.</exception>
    public static SyncOptions From(Line line)
    {
        SyncOptions options = Read(line);
        // A command never hosts: where the variables only say who does, it goes there.
        options.Endpoint ??= HostOf(options) ?? throw new UsageException("nothing says where the server is: give --endpoint or SYNC_NET_ENDPOINT");
        return options;
    }

    /// <summary>As <see cref="From"/>, for what needs no server.</summary>
    /// <exception cref="UsageException">An option or a variable is not usable.</exception>
    public static SyncOptions Read(Line line)
    {
        foreach ((string option, string variable, string? instead) in Variables)
        {
            if (line.Get(option) is not { } value) continue;
            if (value.Length == 0) throw new UsageException($"{option} is empty");
            Environment.SetEnvironmentVariable(variable, value);
            if (instead is not null) Environment.SetEnvironmentVariable(instead, null);
        }
        try
        {
            SyncOptions options = SyncOptions.FromEnvironment();
            options.OneWaitAtATime = line.Has("--one-wait");
            return options;
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException(InWordsOf(line, e.Message));
        }
    }

    /// <summary>The variable's name in a text means nothing to someone who wrote an option.</summary>
    private static string InWordsOf(Line line, string text)
    {
        foreach ((string option, string variable, _) in Variables)
        {
            if (line.Get(option) is not null)
            {
                text = text.Replace(variable + ":", option + ":", StringComparison.Ordinal).Replace(variable + " is", option + " is", StringComparison.Ordinal);
            }
        }
        return text;
    }

    private static string? HostOf(SyncOptions options)
    {
        if ((options.Master ?? options.Roster?.Keys.Min(StringComparer.Ordinal)) is not { } master) return null;
        int tag = master.IndexOf('#', StringComparison.Ordinal);
        string host = tag < 0 ? master : master[..tag];
        return string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{options.Port}");
    }
}
