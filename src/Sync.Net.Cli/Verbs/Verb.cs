using Sync.Net.Cli.CommandLine;

namespace Sync.Net.Cli.Verbs;

/// <summary>A verb of the command line.</summary>
internal abstract class Verb
{
    public abstract Syntax Syntax { get; }

    /// <summary>Signals are listened to before it begins, not only when it takes time.</summary>
    public virtual bool ListensAtOnce => false;

    /// <summary>Does it; returns the exit code.</summary>
    /// <param name="line">The parsed line.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="cancellationToken">SIGINT or SIGTERM came.</param>
    public abstract Task<int> RunAsync(Line line, Output.Printer output, CancellationToken cancellationToken);
}
