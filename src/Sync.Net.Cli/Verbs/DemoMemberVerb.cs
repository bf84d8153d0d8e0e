using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Demo;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>A member's process of the demo; not for people.</summary>
internal sealed class DemoMemberVerb : Verb
{
    public override Syntax Syntax => new("demo-member ID", 1, 1, [], []);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken) =>
        DemoMember.RunAsync(line.Operands[0], Console.Out);
}
