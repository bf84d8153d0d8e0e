using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints the member's id; asks nobody.</summary>
internal sealed class SelfVerb : Verb
{
    public override Syntax Syntax => Syntax.OfMember("self", 0, 0);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        if (MemberOptions.Read(line).Member is not { } self)
            return Task.FromResult(Tool.Fail(ExitCodes.Failure, "nothing says which member this is: give --member or SYNC_NET_MEMBER"));
        output.Value(self);
        return Task.FromResult(ExitCodes.Success);
    }
}
