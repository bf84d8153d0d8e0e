using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>The member leaves its group for good; a member that is held leaves when its holder ends.</summary>
internal sealed class LeaveVerb : MemberVerb
{
    public override Syntax Syntax => Syntax.OfMember("leave", 0, 0);

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        await group.LeaveAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
