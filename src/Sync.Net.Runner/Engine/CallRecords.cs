using System.Text.Json;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

/// <summary>
/// What members themselves write of their calls (<see cref="SyncOptions.RecordFile"/>): where the server is not the runner's own, nobody else
/// could tell of their waits.
/// </summary>
internal static class CallRecords
{
    public const string FileName = "record.jsonl";

    /// <summary>Its name in a folder on another host that is the worker's own.</summary>
    public const string RemoteName = "sync-net-record.jsonl";

    /// <summary>Where a worker is to write; null where it can't be brought here, or writes elsewhere already.</summary>
    public static string? PlaceOf(MemberPlan plan, string here) =>
        plan.Environment.ContainsKey("SYNC_NET_RECORD") ? null
        : plan.Host is LocalHost or NamespaceHost ? here
        : IsBroughtHere(plan) ? RemoteName
        : null;

    /// <summary>Whether it is written on another host. In a folder that is not the worker's own nothing would be left behind but that.</summary>
    public static bool IsBroughtHere(MemberPlan plan) => plan.Host is SshHost && plan.WorkingFolder is null && !plan.Environment.ContainsKey("SYNC_NET_RECORD");

    /// <summary>The waits of one member, in the order in which they ended; none if it wrote nothing.</summary>
    public static IReadOnlyList<WaitRecord> Read(string file, string group, string member)
    {
        if (!File.Exists(file)) return [];
        List<WaitRecord> waits = [];
        foreach (string line in File.ReadLines(file))
        {
            if (TryRead(line, group, member) is { } wait) waits.Add(wait);
        }
        return waits;
    }

    /// <summary>Null for what is no wait, of somebody else, or torn off where its process was killed.</summary>
    private static WaitRecord? TryRead(string line, string group, string member)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement call = document.RootElement;
            if (Text(call, "group") != group || Text(call, "member") != member || ActOf(Text(call, "call")) is not { } act) return null;
            bool isMet = Text(call, "outcome") == "pass";
            if (!isMet && Text(call, "failure") is null or "misuse") return null;
            return new WaitRecord
            {
                Member = member,
                Kind = Text(call, "kind") ?? "",
                Session = Text(call, "session") ?? "",
                Act = act,
                Generation = call.TryGetProperty("generation", out JsonElement number) ? number.GetInt64() : 0,
                Began = TimeOf(call, "start"),
                Ended = TimeOf(call, "end"),
                IsMet = isMet,
                Outcome = isMet ? "released" : Text(call, "failure") is var word && word is "cancelled" or "disposed" ? "withdrawn" : word!,
                Straggler = isMet ? Text(call, "last") : null,
                Culprit = isMet ? null : Text(call, "culprit"),
                Missing = call.TryGetProperty("missing", out JsonElement missing) ? [.. missing.EnumerateArray().Select(static each => each.GetString()!)] : [],
                Text = isMet ? null : Text(call, "text"),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The act that the server would have told of; null for a call that is no wait.</summary>
    private static string? ActOf(string? call) => call switch
    {
        "barrier" or "data" => "meet",
        "send" or "wait" or "wait-all" or "sync" => call,
        "count-wait" => "wait",
        "count-init" => "initialize",
        "state-wait" => "wait-for-states",
        "members-wait" => "wait-for-members",
        _ => null,
    };

    private static string? Text(JsonElement call, string name) => call.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static DateTimeOffset TimeOf(JsonElement call, string name) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromTicks((long)(call.GetProperty(name).GetDecimal() * TimeSpan.TicksPerSecond));
}
