using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Says that the member failed: every wait for it ends, now and later.</summary>
internal sealed class FailVerb : MemberVerb
{
    public override Syntax Syntax => Syntax.OfMember("fail REASON", 1, 1);

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        await group.FailAsync(line.Operands[0], cancellationToken);
        return ExitCodes.Success;
    }
}
