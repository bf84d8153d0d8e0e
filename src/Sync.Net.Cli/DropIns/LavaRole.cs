using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

internal sealed class LavaRole : LavaCommand
{
    public override string Usage => "lava-role [list]";

    protected override string Purpose => "Prints this member's role; with 'list', the roles of the group, a line each.";

    public override async Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        SyncOptions options = ReadOptions();
        string[] lines = args switch
        {
            [] => RoleOf(options) is { } role ? [role] : [],
            ["list"] => await RolesOfAsync(options, cancellationToken),
            _ => throw new UsageException($"'{args[^1]}' is not 'list'"),
        };
        if (lines.Length == 0) return Tool.Fail(ExitCodes.Failure, $"lava-role: {(args.Length == 0 ? "this member has no role: set SYNC_NET_ROLE" : "the group has no roles")}");
        output.Lines(lines);
        return ExitCodes.Success;
    }

    private static string? RoleOf(SyncOptions options) =>
        options.Role ?? (options.Roster?.TryGetValue(SelfOf(options), out string? role) == true ? role : null);

    private static async Task<string[]> RolesOfAsync(SyncOptions options, CancellationToken cancellationToken)
    {
        Deadline deadline = DeadlineOf(options);
        IEnumerable<string> roles = options.Roles?.Keys
            ?? (await LavaMembers.OfAsync(options, () => JoinAsync(options, deadline, cancellationToken), deadline, cancellationToken))
                .Select(static member => member.Role).OfType<string>();
        return [.. roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
