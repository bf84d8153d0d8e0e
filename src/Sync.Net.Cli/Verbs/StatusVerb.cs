using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints who is in the group, and who waits where, since when, and for whom; of one session as <c>explain</c>.</summary>
internal sealed class StatusVerb(bool explains) : Verb
{
    private const string WatchFlag = "--watch";

    public override Syntax Syntax => explains ? Syntax.OfMember("explain SESSION", 1, 1) : Syntax.OfMember("status [--watch]", 0, 0, flags: [WatchFlag]);

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        SyncOptions options = MemberOptions.From(line);
        CommandLoop.Prepare(options);
        await using SyncGroup group = await SyncGroup.JoinAsync(options, cancellationToken);
        if (line.Has(WatchFlag)) return await new StatusWatch(group, output).RunAsync(cancellationToken);
        string? session = explains ? line.Operand(0) : null;
        GroupStatus status = await group.GetStatusAsync(session, cancellationToken);
        if (output.IsJson) output.Json(json => StatusText.Write(json, status));
        else output.Lines(session is null ? [.. status.Members.Select(StatusText.Of), .. status.Waits.Select(StatusText.Of)] : Explained(session, status));
        return ExitCodes.Success;
    }

    private static string[] Explained(string session, GroupStatus status) =>
        status.Waits.Count == 0 ? [$"nobody waits in '{session}'"] : [.. status.Waits.Select(StatusText.Of)];
}
