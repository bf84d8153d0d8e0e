using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

internal sealed class RestraintBlock : DropInCommand
{
    public override string Usage => "rstrnt-sync-block -s STATE [-s STATE ...] [--any] [--timeout SECONDS] HOST ...";

    protected override string Purpose =>
        "Waits until each of the hosts has reached all of the states, or with --any one of them. A host may restart meanwhile.\nExit code 0 when met, else 1.";

    public override int UsageCode => ExitCodes.Failure;

    public override async Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        RestraintArguments asked = RestraintArguments.Parse(args);
        SyncOptions options = ReadOptions();
        // R2: the hosts may reboot on the way to their states.
        options.WaitForReturn = true;
        var deadline = new Deadline(asked.Timeout ?? options.Timeout);
        await using SyncGroup group = await JoinAsync(options, deadline, cancellationToken);
        await group.WaitForStatesAsync(
            asked.States, asked.Hosts, asked.IsAny ? StateMatch.Any : StateMatch.All, deadline.Left, cancellationToken);
        return ExitCodes.Success;
    }

    public override int CodeOf(SyncFailureKind kind) => ExitCodes.Failure;

    public override int TroubleCode(int code) => ExitCodes.Failure;
}
