using Sync.Net.Cli.Output;
using Sync.Net.Runner;

namespace Sync.Net.Cli.Running;

/// <summary>A line for each thing that happens, for logs and pipes.</summary>
internal sealed class PlainRunView(Printer output, string folder) : RunView
{
    public override void Tell(RunEvent happened)
    {
        foreach (string line in RunLines.Of(happened, folder)) output.Raw(line + "\n");
    }

    public override ValueTask DisposeAsync() => default;
}
