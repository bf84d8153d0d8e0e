using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Sticky states of members.</summary>
internal sealed class StateVerb : MemberVerb
{
    public override Syntax Syntax => Syntax.OfMember(
        "state set STATE | wait STATE[,STATE…] MEMBER… [--any]", 2, int.MaxValue, flags: ["--any"]);

    protected override bool SpeaksAtOnce => true;

    protected override void Check(Line line)
    {
        switch (line.Operands[0])
        {
            case "set":
                if (line.Operands.Count > 2) throw new UsageException($"'{line.Operands[2]}' is one operand too many");
                if (line.Has("--any")) throw new UsageException("--any goes with wait");
                break;
            case "wait":
                if (line.Operands.Count < 3) throw new UsageException("wait needs a state and at least one member");
                break;
            default:
                throw new UsageException($"'{line.Operands[0]}' is neither set nor wait");
        }
    }

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        if (line.Operands[0] == "set")
        {
            await group.SetStateAsync(line.Operands[1], cancellationToken);
            return ExitCodes.Success;
        }
        StateMatch match = line.Has("--any") ? StateMatch.Any : StateMatch.All;
        await group.WaitForStatesAsync(Operands.List(line.Operands[1]), line.Operands.Skip(2), match, deadline.Left, cancellationToken);
        return ExitCodes.Success;
    }
}
