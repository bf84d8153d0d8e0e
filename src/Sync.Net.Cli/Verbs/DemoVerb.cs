using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Demo;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Shows what the library does.</summary>
internal sealed class DemoVerb : Verb
{
    public override Syntax Syntax => new("demo", 0, 0, [], []);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken) =>
        new DemoCommand(Console.Out, Console.Error).RunAsync();
}
