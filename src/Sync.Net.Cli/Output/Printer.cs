using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sync.Net.Cli.Output;

/// <summary>Writes results as UTF-8, whatever the locale says.</summary>
internal sealed class Printer(Func<Stream> open, bool isJson)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsJson => isJson;

    /// <summary>One value, and a line end after it.</summary>
    public void Value(string text)
    {
        if (isJson) Json(json => json.WriteStringValue(text));
        else Raw(text + "\n");
    }

    /// <summary>A line for each; with JSON an array.</summary>
    public void Lines(IReadOnlyCollection<string> lines)
    {
        if (isJson)
        {
            Json(json =>
            {
                json.WriteStartArray();
                foreach (string line in lines) json.WriteStringValue(line);
                json.WriteEndArray();
            });
        }
        else if (lines.Count > 0)
        {
            Raw(string.Join('\n', lines) + "\n");
        }
    }

    public void Raw(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>A JSON value and a line end.</summary>
    public void Json(Action<Utf8JsonWriter> write) => Bytes(BytesOf(write));

    public static byte[] BytesOf(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable)) write(json);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private void Bytes(byte[] bytes)
    {
        if (bytes.Length == 0) return;
        using Stream stream = open();
        stream.Write(bytes);
        stream.Flush();
    }
}
