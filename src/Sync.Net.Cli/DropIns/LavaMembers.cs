using Sync.Net.Cli.Connecting;

namespace Sync.Net.Cli.DropIns;

/// <summary>Who is in the group: as declared by name, or else who has come, once no seat is free.</summary>
internal static class LavaMembers
{
    public static async Task<(string Id, string? Role)[]> OfAsync(
        SyncOptions options, Func<Task<SyncGroup>> join, Deadline deadline, CancellationToken cancellationToken)
    {
        if (options.Roster is { } roster) return Sorted(roster.Select(static member => (member.Key, member.Value)));
        await using SyncGroup group = await join();
        if (options.Roles is not null) await group.WaitForMembersAsync(deadline.Left, cancellationToken);
        GroupStatus status = await group.GetStatusAsync(cancellationToken: cancellationToken);
        return Sorted(status.Members.Select(static member => (member.Id, member.Role)));
    }

    private static (string Id, string? Role)[] Sorted(IEnumerable<(string Id, string? Role)> members) =>
        [.. members.OrderBy(static member => member.Id, StringComparer.Ordinal)];
}
