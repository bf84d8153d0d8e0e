using System.Text;
using System.Text.Json;

namespace Sync.Net.Cli.Output;

/// <summary>Messages as text and as JSON.</summary>
internal static class MessageText
{
    /// <summary>A line a pair: sender, tab, key=value; <c>printf %b</c> undoes the escapes.</summary>
    public static string[] Lines(SyncMessages messages)
    {
        List<string> lines = [];
        foreach (SyncMessage message in messages)
        {
            foreach ((string key, string value) in message.Data) lines.Add($"{Escaped(message.Sender)}\t{Escaped(key)}={Escaped(value)}");
        }
        return [.. lines];
    }

    public static void Write(Utf8JsonWriter json, SyncMessages messages)
    {
        json.WriteStartArray();
        foreach (SyncMessage message in messages) Write(json, message);
        json.WriteEndArray();
    }

    public static string Escaped(string text)
    {
        if (text.AsSpan().IndexOfAny("\\\n\r\t") < 0) return text;
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append(@"\\"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }

    private static void Write(Utf8JsonWriter json, SyncMessage message)
    {
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        json.WriteString("sender", message.Sender);
        if (message.SenderRole is { } role) json.WriteString("role", role);
        json.WriteNumber("number", message.Number);
        json.WriteString("sentAt", message.SentAt);
        json.WriteStartObject("data");
        foreach ((string key, string value) in message.Data) json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
