using Sync.Net.Cli.Output;
using Sync.Net.Runner;

namespace Sync.Net.Cli.Running;

/// <summary>Shows a run to whoever started it, while it goes on.</summary>
internal abstract class RunView : IAsyncDisposable
{
    /// <summary>A live picture on a terminal, plain lines elsewhere; with JSON nothing but the end.</summary>
    public static RunView For(Printer output, string folder)
    {
        if (output.IsJson) return new SilentRunView();
        return Console.IsOutputRedirected ? new PlainRunView(output, folder) : new LiveRunView(folder);
    }

    /// <summary>Shows what happened; is called in order, one at a time.</summary>
    public abstract void Tell(RunEvent happened);

    public abstract ValueTask DisposeAsync();
}
