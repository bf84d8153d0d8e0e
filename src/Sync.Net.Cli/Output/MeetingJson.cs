using System.Text.Json;

namespace Sync.Net.Cli.Output;

/// <summary>How a meeting went, as JSON.</summary>
internal static class MeetingJson
{
    public static void WriteFacts(Utf8JsonWriter json, RendezvousResult met)
    {
        json.WriteString("session", met.Session);
        json.WriteNumber("generation", met.Generation);
        json.WriteNumber("count", met.Count);
        if (met.Straggler is { } straggler) json.WriteString("straggler", straggler);
        json.WriteNumber("waited", Math.Round(met.Waited.TotalSeconds, 6));
        if (met.Lost.Count == 0) return;
        json.WriteStartArray("lost");
        foreach (LostMember lost in met.Lost) json.WriteStringValue(lost.Member);
        json.WriteEndArray();
    }
}
