namespace Sync.Net.Texts;

/// <summary>Makes foreign text fit into a message of one line.</summary>
internal static class OneLine
{
    public const int MaxChars = 400;

    /// <summary>Each run of white space and control characters becomes a space; a long text is cut.</summary>
    public static string Of(string text, int maxChars = MaxChars)
    {
        string line = text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Printable).Where(s => s.Length > 0))
            : text;
        return line.Length <= maxChars ? line : line[..WholeChars(line, maxChars)] + "…";
    }

    private static string Printable(string word) => string.Concat(word.Where(c => !char.IsControl(c)));

    private static int WholeChars(string line, int length) => char.IsHighSurrogate(line[length - 1]) ? length - 1 : length;
}
