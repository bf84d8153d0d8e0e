using System.Text;

namespace Sync.Net.Runner.Engine;

/// <summary>Makes lines of bytes as they come; a line that is too long is cut, so that memory is bounded.</summary>
internal sealed class LineSplitter
{
    public const int MaxLineBytes = 64 * 1024;

    private readonly List<byte> _line = [];
    private bool _isCut;

    /// <summary>The lines that the bytes complete.</summary>
    public void Add(ReadOnlySpan<byte> bytes, List<string> lines)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            Keep(bytes[..end]);
            lines.Add(Take());
            bytes = bytes[(end + 1)..];
        }
        Keep(bytes);
    }

    /// <summary>What is left at the end of the output; null for nothing.</summary>
    public string? Rest() => _line.Count == 0 ? null : Take();

    private void Keep(ReadOnlySpan<byte> part)
    {
        int room = MaxLineBytes - _line.Count;
        _isCut |= part.Length > room;
        _line.AddRange(part.Length > room ? part[..room] : part);
    }

    private string Take()
    {
        ReadOnlySpan<byte> line = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_line);
        string text = Encoding.UTF8.GetString(line.EndsWith("\r"u8) ? line[..^1] : line) + (_isCut ? "…" : "");
        _line.Clear();
        _isCut = false;
        return text;
    }
}
