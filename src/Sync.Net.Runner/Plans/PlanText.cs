using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sync.Net.Runner.Plans;

/// <summary>Reads JSON into nodes with lines. Comments and a comma after the last element are allowed; a name twice is not.</summary>
internal static class PlanText
{
    private const int MaxDepth = 64;

    /// <exception cref="PlanException">It is no JSON.</exception>
    public static PlanNode Read(byte[] text, string source)
    {
        ReadOnlySpan<byte> content = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsSpan(Encoding.UTF8.Preamble.Length) : text;
        var lines = new LineCounter();
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth });
        try
        {
            if (content.Trim(" \t\r\n"u8).IsEmpty) throw Fault(source, 1, "", "it is empty; a plan is a JSON object");
            _ = reader.Read();
            PlanNode root = Value(ref reader, content, ref lines, "", source);
            // Reads to the end, which says whether something follows.
            _ = reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            throw Fault(source, (int)(e.LineNumber ?? 0) + 1, "", $"it is not JSON: {Cause(e)}");
        }
        catch (InvalidOperationException e)
        {
            // A text that is no UTF-8, or half of a surrogate pair.
            throw Fault(source, lines.At(content, reader.TokenStartIndex), "", $"a text can't be read: {e.Message}");
        }
    }

    private static PlanNode Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> content, ref LineCounter lines, string path, string source)
    {
        int line = lines.At(content, reader.TokenStartIndex);
        JsonTokenType kind = reader.TokenType;
        return kind switch
        {
            JsonTokenType.StartObject => new PlanNode { Kind = kind, Line = line, Path = path, Members = Members(ref reader, content, ref lines, path, source) },
            JsonTokenType.StartArray => new PlanNode { Kind = kind, Line = line, Path = path, Items = Items(ref reader, content, ref lines, path, source) },
            JsonTokenType.String => new PlanNode { Kind = kind, Line = line, Path = path, Text = reader.GetString()! },
            _ => new PlanNode { Kind = kind, Line = line, Path = path, Text = Encoding.UTF8.GetString(reader.ValueSpan) },
        };
    }

    private static Dictionary<string, PlanNode> Members(ref Utf8JsonReader reader, ReadOnlySpan<byte> content, ref LineCounter lines, string path, string source)
    {
        var members = new Dictionary<string, PlanNode>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            int line = lines.At(content, reader.TokenStartIndex);
            _ = reader.Read();
            if (!members.TryAdd(name, Value(ref reader, content, ref lines, inner, source))) throw Fault(source, line, inner, $"'{name}' stands here twice: remove one");
        }
        return members;
    }

    private static List<PlanNode> Items(ref Utf8JsonReader reader, ReadOnlySpan<byte> content, ref LineCounter lines, string path, string source)
    {
        var items = new List<PlanNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, content, ref lines, string.Create(CultureInfo.InvariantCulture, $"{path}[{items.Count}]"), source));
        }
        return items;
    }

    /// <summary>Without the position, which the fault has.</summary>
    private static string Cause(JsonException e)
    {
        int end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.', ' ');
    }

    private static PlanException Fault(string source, int line, string path, string text) => new([new PlanFault(source, line, path, text)]);

    /// <summary>Which line a byte is on; asked in rising order.</summary>
    private struct LineCounter
    {
        private long _position;
        private int _lines;

        public int At(ReadOnlySpan<byte> content, long position)
        {
            if (position > _position)
            {
                _lines += content[(int)_position..(int)position].Count((byte)'\n');
                _position = position;
            }
            return _lines + 1;
        }
    }
}
