using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Ends all that is open in the group, or one meeting.</summary>
internal sealed class AbortVerb : MemberVerb
{
    public override Syntax Syntax => Syntax.OfMember("abort [SESSION] REASON [--data] [--roster A,B,…]", 1, 2, ["--roster"], ["--data"]);

    protected override void Check(Line line)
    {
        if (line.Operands.Count == 1 && (line.Has("--data") || line.Get("--roster") is not null)) throw new UsageException("--data and --roster go with a SESSION");
    }

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        string reason = line.Operands[^1];
        string[]? roster = line.Get("--roster") is { } text ? Operands.List(text) : null;
        if (line.Operands.Count == 1)
        {
            await group.AbortAsync(reason, cancellationToken);
        }
        else if (line.Has("--data"))
        {
            await using SyncData<string> data = group.Data<string>(line.Operands[0], roster);
            await data.AbortAsync(reason, cancellationToken: cancellationToken);
        }
        else
        {
            await using Barrier barrier = group.Barrier(line.Operands[0], roster);
            await barrier.AbortAsync(reason, cancellationToken: cancellationToken);
        }
        return ExitCodes.Success;
    }
}
