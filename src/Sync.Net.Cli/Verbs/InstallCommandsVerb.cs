using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.DropIns;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Puts the commands of another system into a folder.</summary>
internal sealed class InstallCommandsVerb : Verb
{
    public override Syntax Syntax => new("install-commands DIR --profile lava|lava-2013|emulab|restraint", 1, 1, ["--profile"], ["--json"]);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        string profile = line.Get("--profile") ?? throw new UsageException($"nothing says whose commands: give --profile {string.Join('|', CommandLinks.Profiles)}");
        string called = Environment.GetCommandLineArgs()[0];
        string[]? prefix = called.EndsWith(".dll", StringComparison.Ordinal) ? WordsBeforeVerb(Path.GetFullPath(called)) : null;
        output.Lines([.. CommandLinks.Install(line.Operand(0)!, profile, SelfOf(called), prefix)]);
        return Task.FromResult(ExitCodes.Success);
    }

    /// <summary>An installed tool is a program of its own that knows its assembly; from a checkout it is <c>dotnet</c> that must be told.</summary>
    private static string[] WordsBeforeVerb(string assembly)
    {
        string host = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, assembly] : [host];
    }

    /// <summary>As it was called, so that an update does not break the links; called by a bare name it is where the system found it.</summary>
    private static string SelfOf(string called) =>
        called.Contains('/', StringComparison.Ordinal) ? called : Environment.ProcessPath ?? called;
}
