using System.Text.Json;

namespace Sync.Net.Runner.Engine;

/// <summary>Reads a member's own record of its calls (docs/cli.md) as what a server would have told of its waits.</summary>
internal static class RecordedWaits
{
    /// <summary>The waits of one member, by the runner's clock as far as its host's is known; lines that are no record are left out.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IEnumerable<WaitRecord> Read(string file, string group, string member, ClockOffset? clock)
    {
        foreach (string line in File.ReadLines(file))
        {
            if (WaitOf(line, group, member, clock?.Offset ?? TimeSpan.Zero) is { } wait) yield return wait;
        }
    }

    private static WaitRecord? WaitOf(string line, string group, string member, TimeSpan offset)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            JsonElement record = json.RootElement;
            if (record.ValueKind != JsonValueKind.Object || Text(record, "group") != group || Text(record, "member") != member) return null;
            if (ActOf(Text(record, "call")) is not { } act || Text(record, "session") is not { } session || Text(record, "kind") is not { } kind) return null;
            if ((act, session) == ("send", RunEngine.ResultId)) return null;
            if (OutcomeOf(Text(record, "outcome"), Text(record, "failure")) is not { } outcome) return null;
            bool isMet = outcome == "released";
            return new WaitRecord
            {
                Member = member,
                Kind = kind,
                Session = session,
                Act = act,
                Generation = record.TryGetProperty("generation", out JsonElement generation) ? generation.GetInt64() : 0,
                Began = Time(record, "start") - offset,
                Ended = Time(record, "end") - offset,
                IsMet = isMet,
                Outcome = outcome,
                Straggler = Text(record, "last"),
                Culprit = Text(record, "culprit"),
                Missing = record.TryGetProperty("missing", out JsonElement missing) ? [.. missing.EnumerateArray().Select(static each => each.GetString()!)] : [],
                Text = isMet || outcome == "withdrawn" ? null : Text(record, "text"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            // Cut short, as by a full disk, or written by somebody else.
            return null;
        }
    }

    /// <summary>Null for what waits for nobody, and is not told by a server either.</summary>
    private static string? ActOf(string? call) => call switch
    {
        "barrier" or "data" => "meet",
        "count-wait" or "wait" => "wait",
        "count-init" => "initialize",
        "send" or "wait-all" or "sync" => call,
        "state-wait" => "wait-for-states",
        "members-wait" => "wait-for-members",
        _ => null,
    };

    /// <summary>Null for a call that never came to be a wait.</summary>
    private static string? OutcomeOf(string? outcome, string? failure) => (outcome, failure) switch
    {
        ("pass", _) => "released",
        (_, "cancelled" or "disposed") => "withdrawn",
        (_, "misuse" or null) => null,
        _ => failure,
    };

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static DateTimeOffset Time(JsonElement record, string name) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(record.GetProperty(name).GetDecimal() * TimeSpan.TicksPerSecond));
}
