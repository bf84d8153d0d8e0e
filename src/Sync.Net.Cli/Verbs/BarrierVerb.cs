using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Waits until all of a roster have come.</summary>
internal sealed class BarrierVerb : MemberVerb
{
    public override Syntax Syntax => Syntax.OfMember("barrier NAME [--roster A,B,…]", 1, 1, ["--roster"]);

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        string[]? roster = line.Get("--roster") is { } text ? Operands.List(text) : null;
        await using Barrier barrier = group.Barrier(line.Operands[0], roster);
        RendezvousResult met = deadline.Left is { } left
            ? await barrier.RendezvousAsync(left, cancellationToken)
            : await barrier.RendezvousAsync(cancellationToken);
        if (output.IsJson)
        {
            output.Json(json =>
            {
                json.WriteStartObject();
                MeetingJson.WriteFacts(json, met);
                json.WriteEndObject();
            });
        }
        return ExitCodes.Success;
    }
}
