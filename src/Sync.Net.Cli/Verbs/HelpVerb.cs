using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints what verbs there are, and what they take.</summary>
internal sealed class HelpVerb : Verb
{
    public override Syntax Syntax => new("help", 0, 0, [], []);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        output.Lines(
        [
            .. Tool.VerbNames.Select(static name => $"syncnet {Tool.VerbOf(name)!.Syntax.Usage}"),
            "",
            "Verbs of a member also take --json, --one-wait and:",
            $"  {string.Join(' ', Syntax.Connection)}",
            "See docs/cli.md.",
        ]);
        return Task.FromResult(ExitCodes.Success);
    }
}
