using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Leaves a message under an id.</summary>
internal sealed class SendVerb : MemberVerb
{
    public override Syntax Syntax => Syntax.OfMember($"send ID [KEY=VALUE …] [{Input.DataFlag}]", 1, int.MaxValue, flags: [Input.DataFlag]);

    protected override bool SpeaksAtOnce => true;

    protected override void Check(Line line) => Operands.Pairs(line.Operands.Skip(1));

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        await group.SendAsync(line.Operands[0], await Input.DataAsync(line, 1, cancellationToken), deadline.Left, cancellationToken);
        return ExitCodes.Success;
    }
}
