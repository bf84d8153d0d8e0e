using System.Text;

namespace Sync.Net.Wire;

/// <summary>Bounds on lines for people: a sender cuts them, so that a long reason never costs a connection.</summary>
internal static class WireText
{
    public const int MaxBytes = 16 * 1024;

    /// <summary>Of a refusal, which must fit into the small frames of a handshake.</summary>
    public const int MaxRefusalBytes = 1024;

    private const string Ellipsis = "…";
    private const int EllipsisBytes = 3;

    public static string Cut(string text, int maxBytes)
    {
        if (text.Length <= maxBytes / 3 || Encoding.UTF8.GetByteCount(text) <= maxBytes) return text;

        int bytes = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > maxBytes - EllipsisBytes) break;
            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }
        return string.Concat(text.AsSpan(0, length), Ellipsis);
    }
}
