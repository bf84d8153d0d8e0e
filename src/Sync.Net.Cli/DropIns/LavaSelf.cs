using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

internal sealed class LavaSelf : LavaCommand
{
    public override string Usage => "lava-self";

    protected override string Purpose => "Prints this member's own id.";

    public override Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        if (args.Length > 0) throw new UsageException("it takes no arguments");
        output.Value(SelfOf(ReadOptions()));
        return Task.FromResult(ExitCodes.Success);
    }
}
