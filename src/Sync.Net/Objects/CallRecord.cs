using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sync.Net.Arguments;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net.Objects;

/// <summary>Writes how a member's calls ended, a JSON line each; docs/cli.md has the fields. No values go into it.</summary>
internal sealed class CallRecord(string path, MemberId self, SyncOptions options, ILogger logger)
{
    private const int MaxNames = 64;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The record that the options ask for; null for none.</summary>
    /// <exception cref="ArgumentException">The file can't be written.</exception>
    public static CallRecord? Of(MemberId self, SyncOptions options, ILogger logger)
    {
        if (options.RecordFile is not { } file) return null;
        try
        {
            // The folder of this process may change.
            string path = Path.GetFullPath(file);
            RecordFile.Make(path);
            return new CallRecord(path, self, options, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ArgumentException(
                $"{nameof(SyncOptions.RecordFile)} (SYNC_NET_RECORD): '{OneLine.Of(file, 200)}' can't be written ({OneLine.Of(e.Message)}): name a file that this user may write.");
        }
    }

    /// <summary>Whether a call with this end belongs into the record: not a mere look, and a join only if it failed.</summary>
    public static string? WordOf(SessionCall call, bool isMet)
    {
        Act act = call.Abort is not null ? Act.Abort : call.Ask?.Act ?? Act.Meet;
        return act == Act.Declare && isMet ? null : Words.Of(act, call.Session.Kind);
    }

    public void Met(SessionCall call, DateTimeOffset started, TimeSpan waited, long generation, Released? released)
    {
        if (WordOf(call, isMet: true) is not { } word) return;
        Write(call, word, started, waited, generation, json =>
        {
            json.WriteString("outcome", "pass");
            if (released is null) return;
            List<(string Member, TimeSpan Waited)> arrivals = ArrivalOrder.Of(call, released);
            if ((released.Straggler ?? (arrivals.Count > 0 ? arrivals[^1].Member : null)) is { } last) json.WriteString("last", last);
            if (released.Count > 0) json.WriteNumber("count", released.Count);
            Write(json, arrivals);
            if (released.Lost.Count > 0) Write(json, "lost", released.Lost.Select(static each => each.Member));
        });
    }

    public void Failed(SessionCall call, DateTimeOffset started, TimeSpan waited, Exception why)
    {
        if (WordOf(call, isMet: false) is not { } word) return;
        SyncFailure? failure = (why as ISyncFailure)?.Failure;
        Write(call, word, started, waited, failure?.Generation ?? 0, json =>
        {
            json.WriteString("outcome", "fail");
            json.WriteString("failure", KindOf(why));
            json.WriteString("text", OneLine.Of(why.Message, int.MaxValue));
            if (failure is null) return;
            if (failure.Undecided) json.WriteBoolean("undecided", true);
            if (failure.Culprit is { } culprit) json.WriteString("culprit", culprit);
            if (failure.Expected.Count > 0) json.WriteNumber("count", failure.Expected.Count);
            if (failure.Arrived.Count > 0) Write(json, "arrived", failure.Arrived);
            if (failure.Missing.Count > 0) Write(json, "missing", failure.Missing.Select(static each => each.Id));
        });
    }

    /// <summary>A Try call's deadline came first.</summary>
    public void GaveUp(SessionCall call, DateTimeOffset started, TimeSpan waited)
    {
        if (WordOf(call, isMet: false) is not { } word) return;
        Write(call, word, started, waited, 0, static json =>
        {
            json.WriteString("outcome", "fail");
            json.WriteString("failure", Words.Of(SyncFailureKind.Timeout));
            json.WriteString("text", "not met in time; the caller only tried, and nothing was broken by it");
        });
    }

    private static string KindOf(Exception why) => why switch
    {
        ISyncFailure failed => Words.Of(failed.Failure.Kind),
        OperationCanceledException => "cancelled",
        ObjectDisposedException => "disposed",
        _ => "misuse",
    };

    private void Write(SessionCall call, string word, DateTimeOffset started, TimeSpan waited, long generation, Action<Utf8JsonWriter> writeEnd)
    {
        try
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Plain))
            {
                json.WriteStartObject();
                json.WriteNumber("start", Seconds(started.UtcTicks - DateTimeOffset.UnixEpoch.Ticks));
                json.WriteNumber("end", Seconds(started.UtcTicks + waited.Ticks - DateTimeOffset.UnixEpoch.Ticks));
                json.WriteNumber("waited", Seconds(waited.Ticks));
                json.WriteString("group", options.Group);
                json.WriteString("member", self.Text);
                if (options.Role is { } role) json.WriteString("role", role);
                json.WriteString("call", word);
                json.WriteString("kind", call.Session.Word);
                json.WriteString("session", call.Session.Name);
                if (generation > 0) json.WriteNumber("generation", generation);
                writeEnd(json);
                json.WriteEndObject();
            }
            buffer.WriteByte((byte)'\n');
            RecordFile.Append(path, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotRecorded(logger, self.Text, call.Session.InText, path, e);
        }
    }

    private static decimal Seconds(long ticks) => Math.Round(ticks / (decimal)TimeSpan.TicksPerSecond, 6);

    private static void Write(Utf8JsonWriter json, List<(string Member, TimeSpan Waited)> arrivals)
    {
        if (arrivals.Count == 0) return;
        json.WriteStartArray("arrivals");
        foreach ((string member, TimeSpan waited) in arrivals.Take(MaxNames))
        {
            json.WriteStartObject();
            json.WriteString("member", member);
            json.WriteNumber("waited", Seconds(waited.Ticks));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> members)
    {
        json.WriteStartArray(name);
        foreach (string member in members.Take(MaxNames)) json.WriteStringValue(member);
        json.WriteEndArray();
    }
}
