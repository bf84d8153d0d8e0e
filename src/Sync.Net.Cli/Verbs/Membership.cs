using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;

namespace Sync.Net.Cli.Verbs;

/// <summary>Who belongs to the group: by its declaration, or else as the server knows it.</summary>
internal static class Membership
{
    public static async Task<List<(string Id, string? Role)>> MembersAsync(Line line, CancellationToken cancellationToken)
    {
        SyncOptions options = MemberOptions.Read(line);
        List<(string Id, string? Role)> members = options.Roster is { } roster
            ? [.. roster.Select(static member => (member.Key, member.Value))]
            : [.. (await AskAsync(line, cancellationToken)).Members.Select(static member => (member.Id, member.Role))];
        members.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        return members;
    }

    private static async Task<GroupStatus> AskAsync(Line line, CancellationToken cancellationToken)
    {
        SyncOptions options = MemberOptions.From(line);
        CommandLoop.Prepare(options);
        await using SyncGroup group = await SyncGroup.JoinAsync(options, cancellationToken);
        return await group.GetStatusAsync(cancellationToken: cancellationToken);
    }
}
