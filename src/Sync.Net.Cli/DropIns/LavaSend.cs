using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

internal sealed class LavaSend : LavaCommand
{
    public override string Usage => "lava-send ID [KEY=VALUE ...]";

    protected override string Purpose => "Sends a message, which stays for the life of the group. Ends when the server has it; waits for no member.";

    public override async Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        if (args.Length == 0) throw new UsageException("the message's id is missing");
        Dictionary<string, string>? data = PairsOf(args.AsSpan(1));
        SyncOptions options = ReadOptions();
        Deadline deadline = DeadlineOf(options);
        await using SyncGroup group = await JoinAsync(options, deadline, cancellationToken);
        await group.SendAsync(args[0], data, deadline.Left, cancellationToken);
        return ExitCodes.Success;
    }
}
