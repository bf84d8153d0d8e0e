using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

/// <summary>The members. Of 2013 as of today: their names stand first, which a loop over the first column relies on.</summary>
internal sealed class LavaGroup : LavaCommand
{
    public override string Usage => "lava-group [ROLE]";

    protected override string Purpose =>
        "Prints a line for each member: its id, a tab, its role. With a role: the ids of its members only; exit code 1 if there is none.";

    public override async Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        if (args.Length > 1) throw new UsageException("it takes one role");
        SyncOptions options = ReadOptions();
        Deadline deadline = DeadlineOf(options);
        (string Id, string? Role)[] members =
            await LavaMembers.OfAsync(options, () => JoinAsync(options, deadline, cancellationToken), deadline, cancellationToken);
        string[] lines = args is [var role]
            ? [.. members.Where(member => member.Role == role).Select(static member => member.Id)]
            : [.. members.Select(static member => $"{member.Id}\t{member.Role}")];
        output.Lines(lines);
        return lines.Length > 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
