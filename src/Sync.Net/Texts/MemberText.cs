namespace Sync.Net.Texts;

/// <summary>What is known of a member, in a few words.</summary>
internal static class MemberText
{
    /// <summary>For example <c>client2 (last seen 41 s ago in 'disk-ready')</c>.</summary>
    public static string Of(GroupMember member)
    {
        string?[] facts = [member.Role is null ? null : $"role {member.Role}", StateOf(member), Seen(member.LastSeenAgo, member.LastSeenIn)];
        string known = string.Join(", ", facts.Where(f => f is not null));
        return known.Length == 0 ? member.Id : $"{member.Id} ({known})";
    }

    /// <summary>For example <c>client2 (connection closed, last seen 3 s ago in 'setup')</c>.</summary>
    public static string Of(LostMember member) =>
        $"{member.Member} ({OneLine.Of(member.Reason)}, {Seen(member.LastSeenAgo, member.LastSeenIn)})";

    private static string? StateOf(GroupMember member) => member.State switch
    {
        MemberState.Absent => member.LastSeenAgo is null ? "never came" : "gone",
        MemberState.Away => "silent",
        MemberState.Left => "left",
        MemberState.Lost => "lost",
        MemberState.Failed => "failed",
        MemberState.BetweenCommands => "between commands",
        _ => null,
    };

    private static string? Seen(TimeSpan? ago, string? session) => (ago, session) switch
    {
        ({ } time, { } name) => $"last seen {Elapsed.Short(time)} ago in '{name}'",
        ({ } time, null) => $"last seen {Elapsed.Short(time)} ago",
        (null, { } name) => $"last seen in '{name}'",
        _ => null,
    };
}
