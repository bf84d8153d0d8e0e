using Sync.Net.Arguments;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

/// <summary>What can't be done with a member, in words that name it and the remedy.</summary>
internal static class MemberCheck
{
    private const int MaxNameBytes = 256;
    private const int MaxCount = 10_000;

    /// <summary>Variables that the runner sets itself.</summary>
    private static readonly string[] Reserved =
    [
        "SYNC_NET_ENDPOINT", "SYNC_NET_GROUP", "SYNC_NET_MEMBER", "SYNC_NET_ROLE", "SYNC_NET_ROSTER", "SYNC_NET_ROLES", "SYNC_NET_ESSENTIAL",
        "SYNC_NET_MASTER", "SYNC_NET_KEY", "SYNC_NET_KEY_FILE", "SYNC_NET_INCARNATION", "SYNC_NET_WORKER", "SYNC_NET_RUN",
    ];

    /// <summary>Null when all is well.</summary>
    public static string? FaultOf(RunMember member, IReadOnlySet<string> taken)
    {
        if (member.Count is < 1 or > MaxCount) return $"Count is {member.Count}: use 1 to {MaxCount}.";
        if (member.Host is null) return "Host is null: use RunHost.Local or another host.";
        if (member.Command is null) return "Command is null: leave it empty for none.";
        return FaultOfIds(member, taken) ?? FaultOfRole(member) ?? FaultOfWork(member) ?? FaultOfEnvironment(member) ?? FaultOfTimes(member)
            ?? FaultOfFiles(member);
    }

    private static string? FaultOfIds(RunMember member, IReadOnlySet<string> taken)
    {
        foreach (MemberPlan each in MemberPlan.Of(member))
        {
            if (MemberId.FaultOf(each.Id, MaxNameBytes) is { } fault) return fault;
            if (each.Id.Contains(',', StringComparison.Ordinal) || each.Id.Contains('=', StringComparison.Ordinal))
                return $"the id '{each.Id}' contains ',' or '=', which SYNC_NET_ROSTER can't tell: choose another id.";
            if (taken.Contains(each.Id)) return $"the id '{each.Id}' is another member's already: give each its own, such as '{each.Id}#2'.";
        }
        return null;
    }

    private static string? FaultOfRole(RunMember member)
    {
        if (member.Role is null) return member.Essential ? "it is essential and has no role: give it a Role, or leave Essential out." : null;
        if (NameArgument.FaultOf(member.Role, "role", MaxNameBytes) is { } fault) return fault;
        return member.Role.AsSpan().ContainsAny(",=*") ? $"the role '{member.Role}' contains ',', '=' or '*', which SYNC_NET_ROSTER can't tell: choose another one." : null;
    }

    private static string? FaultOfWork(RunMember member)
    {
        bool hasCommand = member.Command.Count > 0;
        if (hasCommand && string.IsNullOrEmpty(member.Command[0])) return "the first word of Command, the program, is empty.";
        if (member.Command.Any(static word => word is null)) return "a word of Command is null.";
        if (member.Host is ElsewhereHost)
            return hasCommand || member.Action is not null ? $"it is started by hand on {member.Host.Name}: leave Command and Action out." : null;
        if (hasCommand && member.Action is not null) return "it has a Command and an Action: leave one of them out.";
        if (!hasCommand && member.Action is null) return "it has nothing to do: set Command or Action, or the host RunHost.Elsewhere.";
        if (member.Action is not null && member.Host is not LocalHost)
            return $"an Action runs in the runner's own process, and the host is {member.Host.Name}: use RunHost.Local or a Command.";
        return null;
    }

    private static string? FaultOfEnvironment(RunMember member)
    {
        foreach ((string name, string value) in member.Environment)
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
                return $"'{name}' is no name of an environment variable.";
            if (value is null || value.Contains('\0', StringComparison.Ordinal)) return $"the environment variable {name} has no usable value.";
            if (Reserved.Contains(name)) return $"the environment variable {name} is set by the runner: leave it out.";
        }
        return null;
    }

    private static string? FaultOfTimes(RunMember member)
    {
        if (member.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(49)))
            return $"Timeout is {timeout:c}: use more than zero and at most 49 days, or null.";
        if (member.StartAfter is { } start && (start.Delay < TimeSpan.Zero || start.Delay > TimeSpan.FromDays(49)))
            return $"the delay of StartAfter is {start.Delay:c}: use zero to 49 days.";
        return null;
    }

    private static string? FaultOfFiles(RunMember member)
    {
        if (member.Files.FirstOrDefault(static file => !File.Exists(file)) is { } missing) return $"the file '{missing}' of Files is not there.";
        if (member.Files.Count > 0 && member is { Host: LocalHost, WorkingFolder: null })
            return "it has Files and runs in the runner's own folder: set WorkingFolder to where they are to be copied.";
        return member.Collect.Any(string.IsNullOrWhiteSpace) ? "a name or pattern of Collect is empty." : null;
    }
}
