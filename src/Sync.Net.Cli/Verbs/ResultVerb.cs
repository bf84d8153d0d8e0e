using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Tells a result of the member: a message under an id of its own, which whoever runs the group reads.</summary>
internal sealed class ResultVerb : MemberVerb
{
    /// <summary>The id that results are sent under.</summary>
    public const string Id = "syncnet.result";

    public override Syntax Syntax => Syntax.OfMember($"result KEY=VALUE … [{Input.DataFlag}]", 0, int.MaxValue, flags: [Input.DataFlag]);

    protected override bool SpeaksAtOnce => true;

    protected override void Check(Line line)
    {
        if (Operands.Pairs(line.Operands).Count == 0 && !line.Has(Input.DataFlag)) throw new UsageException("a KEY=VALUE is missing");
    }

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        await group.SendAsync(Id, await Input.DataAsync(line, 0, cancellationToken), deadline.Left, cancellationToken);
        return ExitCodes.Success;
    }
}
