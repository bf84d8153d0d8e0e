using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

internal sealed class RestraintSet : DropInCommand
{
    public override string Usage => "rstrnt-sync-set [-s] STATE";

    protected override string Purpose => "Says that this member has reached a state. The state stays, also when the member restarts.";

    public override int UsageCode => ExitCodes.Failure;

    public override async Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        string state = args switch
        {
            ["-s", var named] => named,
            [var bare] when !bare.StartsWith('-') => bare,
            _ => throw new UsageException("give one state"),
        };
        SyncOptions options = ReadOptions();
        var deadline = new Deadline(options.Timeout);
        await using SyncGroup group = await JoinAsync(options, deadline, cancellationToken);
        await group.SetStateAsync(state, cancellationToken);
        return ExitCodes.Success;
    }

    public override int CodeOf(SyncFailureKind kind) => ExitCodes.Failure;

    public override int TroubleCode(int code) => ExitCodes.Failure;
}
