using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>A verb that acts for a member, over a connection of its own.</summary>
internal abstract class MemberVerb : Verb
{
    public sealed override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        Check(line);
        CacheOf(line)?.Remove();
        SyncOptions options = MemberOptions.From(line);
        CommandLoop.Prepare(options);
        var deadline = new Deadline(options.Timeout);
        // A record tells of a call only if the member has joined.
        SyncGroup group = SpeaksAtOnce && options.RecordFile is null
            ? SyncGroup.BeginJoining(options, cancellationToken)
            : await SyncGroup.JoinAsync(options, cancellationToken);
        await using (group) return await RunAsync(group, line, output, deadline, cancellationToken);
    }

    /// <summary>All that it asks for are calls of the group itself, which need not wait until the member has joined.</summary>
    protected virtual bool SpeaksAtOnce => false;

    /// <summary>Finds what is wrong with the line before anything is connected.</summary>
    /// <exception cref="UsageException">Something is.</exception>
    protected virtual void Check(Line line)
    {
    }

    /// <summary>The file that is to hold what this call brings; null for none.</summary>
    protected virtual CacheFile? CacheOf(Line line) => CacheFile.Of(line);

    protected abstract Task<int> RunAsync(SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken);
}
