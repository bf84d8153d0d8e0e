using System.Text.Json;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints who is in the group, and who waits where, since when, and for whom; of one session as <c>explain</c>.</summary>
internal sealed class StatusVerb(bool explains) : Verb
{
    public override Syntax Syntax => explains ? Syntax.OfMember("explain SESSION", 1, 1) : Syntax.OfMember("status", 0, 0);

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        SyncOptions options = MemberOptions.From(line);
        CommandLoop.Prepare(options);
        await using SyncGroup group = await SyncGroup.JoinAsync(options, cancellationToken);
        string? session = explains ? line.Operand(0) : null;
        GroupStatus status = await group.GetStatusAsync(session, cancellationToken);
        if (output.IsJson) output.Json(json => Write(json, status));
        else output.Lines(session is null ? [.. status.Members.Select(MemberLine), .. status.Waits.Select(WaitLine)] : Explained(session, status));
        return ExitCodes.Success;
    }

    private static string[] Explained(string session, GroupStatus status) =>
        status.Waits.Count == 0 ? [$"nobody waits in '{session}'"] : [.. status.Waits.Select(WaitLine)];

    private static string MemberLine(GroupMember member) =>
        $"{member.Id}\t{member.Role}\t{NameOf(member.State)}{(member.LastSeenIn is { } session ? $"\tlast in '{session}'" : "")}";

    private static string WaitLine(WaitStatus wait) => wait.Hint is { } hint ? $"{wait} ({hint})" : wait.ToString();

    private static string NameOf(MemberState state) => state == MemberState.BetweenCommands ? "between commands" : state.ToString().ToLowerInvariant();

    private static void Write(Utf8JsonWriter json, GroupStatus status)
    {
        json.WriteStartObject();
        json.WriteStartArray("members");
        foreach (GroupMember member in status.Members)
        {
            json.WriteStartObject();
            json.WriteString("id", member.Id);
            json.WriteString("role", member.Role);
            json.WriteString("state", NameOf(member.State));
            if (member.LastSeenAgo is { } ago) json.WriteNumber("lastSeenSeconds", ago.TotalSeconds);
            json.WriteString("lastSeenIn", member.LastSeenIn);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("waits");
        foreach (WaitStatus wait in status.Waits)
        {
            json.WriteStartObject();
            json.WriteString("kind", wait.Kind);
            json.WriteString("session", wait.Session);
            json.WriteString("member", wait.Member);
            json.WriteNumber("seconds", wait.Waited.TotalSeconds);
            json.WriteStartArray("missing");
            foreach (string missing in wait.Missing) json.WriteStringValue(missing);
            json.WriteEndArray();
            json.WriteString("hint", wait.Hint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
