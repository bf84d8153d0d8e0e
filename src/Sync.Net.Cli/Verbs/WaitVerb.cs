using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;

namespace Sync.Net.Cli.Verbs;

/// <summary>Waits until any member has sent a message.</summary>
internal sealed class WaitVerb : ReceiveVerb
{
    public override Syntax Syntax => Syntax.OfMember($"wait ID [--others] {PrintingUsage}", 1, 1, Printing, ["--others"]);

    protected override bool NamesSenders => false;

    protected override Task<SyncMessages> ReceiveAsync(SyncGroup group, Line line, Deadline deadline, CancellationToken cancellationToken) =>
        group.WaitAsync(line.Operands[0], deadline.Left, !line.Has("--others"), cancellationToken);
}
