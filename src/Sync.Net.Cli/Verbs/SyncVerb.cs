using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;

namespace Sync.Net.Cli.Verbs;

/// <summary>Sends a message and waits for that of all others: the next round each time.</summary>
internal sealed class SyncVerb : ReceiveVerb
{
    public override Syntax Syntax => Syntax.OfMember(
        $"sync ID [KEY=VALUE …] [{Input.DataFlag}] {PrintingUsage}", 1, int.MaxValue, Printing, [Input.DataFlag]);

    protected override void Check(Line line)
    {
        base.Check(line);
        Operands.Pairs(line.Operands.Skip(1));
    }

    protected override async Task<SyncMessages> ReceiveAsync(SyncGroup group, Line line, Deadline deadline, CancellationToken cancellationToken) =>
        await group.SyncAsync(line.Operands[0], await Input.DataAsync(line, 1, cancellationToken), deadline.Left, cancellationToken);
}
