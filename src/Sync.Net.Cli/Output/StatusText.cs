using System.Text.Json;

namespace Sync.Net.Cli.Output;

/// <summary>A group's status as lines and as JSON.</summary>
internal static class StatusText
{
    public static string Of(GroupMember member) =>
        $"{member.Id}\t{member.Role}\t{NameOf(member.State)}{(member.LastSeenIn is { } session ? $"\tlast in '{session}'" : "")}";

    public static string Of(WaitStatus wait) => wait.Hint is { } hint ? $"{wait} ({hint})" : wait.ToString();

    public static string NameOf(MemberState state) => state == MemberState.BetweenCommands ? "between commands" : state.ToString().ToLowerInvariant();

    public static void Write(Utf8JsonWriter json, GroupStatus status)
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
