using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>The member leaves its group for good.</summary>
/// <remarks>Not a command's doing: it takes the member's own seat, in the incarnation that the commands share, and gives it up.</remarks>
internal sealed class LeaveVerb : Verb
{
    public override Syntax Syntax => Syntax.OfMember("leave", 0, 0);

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(MemberOptions.Incarnation) is null) Environment.SetEnvironmentVariable(MemberOptions.Incarnation, "0");
        SyncGroup group = await SyncGroup.JoinAsync(MemberOptions.From(line), cancellationToken);
        await using (group) await group.LeaveAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
