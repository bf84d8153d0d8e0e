using System.Reflection;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints the tool's version.</summary>
internal sealed class VersionVerb : Verb
{
    public override Syntax Syntax => new("version", 0, 0, [], ["--json"]);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        string version = typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        output.Value(version.Split('+')[0]);
        return Task.FromResult(ExitCodes.Success);
    }
}
