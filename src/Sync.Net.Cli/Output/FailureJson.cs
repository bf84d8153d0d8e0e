using System.Text.Json;
using Sync.Net.Texts;

namespace Sync.Net.Cli.Output;

/// <summary>Why a command failed, as JSON.</summary>
internal static class FailureJson
{
    public static void Write(Utf8JsonWriter json, SyncFailure failure, string message)
    {
        json.WriteStartObject();
        json.WriteString("failure", Words.Of(failure.Kind));
        json.WriteNumber("exitCode", ExitCodes.Of(failure.Kind));
        json.WriteString("message", message);
        if (failure.Session is { } session) json.WriteString("session", session);
        if (failure.Generation > 0) json.WriteNumber("generation", failure.Generation);
        json.WriteBoolean("undecided", failure.Undecided);
        if (failure.Culprit is { } culprit) json.WriteString("culprit", culprit);
        if (failure.Reason is { } reason) json.WriteString("reason", reason);
        List(json, "expected", failure.Expected);
        List(json, "arrived", failure.Arrived);
        List(json, "missing", failure.Missing.Select(static member => member.Id));
        json.WriteNumber("elapsed", Math.Round(failure.Elapsed.TotalSeconds, 6));
        json.WriteEndObject();
    }

    private static void List(Utf8JsonWriter json, string name, IEnumerable<string> members)
    {
        json.WriteStartArray(name);
        foreach (string member in members) json.WriteStringValue(member);
        json.WriteEndArray();
    }
}
