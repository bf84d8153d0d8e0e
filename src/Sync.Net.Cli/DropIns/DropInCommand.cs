using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

/// <summary>A command with the arguments of another system's.</summary>
internal abstract class DropInCommand
{
    /// <summary>The command line in short.</summary>
    public abstract string Usage { get; }

    /// <summary>What it does, in lines after the usage.</summary>
    protected abstract string Purpose { get; }

    public string Help => $"usage: {Usage}\n{Purpose}\n";

    public virtual int UsageCode => ExitCodes.Usage;

    /// <exception cref="UsageException">The arguments or the environment are not usable.</exception>
    public abstract Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken);

    public virtual int CodeOf(SyncFailureKind kind) => ExitCodes.Of(kind);

    /// <summary>The code for trouble on this side; the original may know one only.</summary>
    public virtual int TroubleCode(int code) => code;

    /// <summary>The options of the environment, as far as no server is needed.</summary>
    protected static SyncOptions ReadOptions() => MemberOptions.Read(NoLine);

    /// <summary>Joins for one command, in the time that the whole command has.</summary>
    protected static async Task<SyncGroup> JoinAsync(SyncOptions options, Deadline deadline, CancellationToken cancellationToken)
    {
        options.Endpoint ??= MemberOptions.From(NoLine).Endpoint;
        CommandLoop.Prepare(options);
        options.Timeout = deadline.Left;
        return await SyncGroup.JoinAsync(options, cancellationToken);
    }

    private static Line NoLine => Line.Parse(new Syntax("", 0, 0, [], []), default);
}
