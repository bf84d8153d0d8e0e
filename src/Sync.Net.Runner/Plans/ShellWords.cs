using System.Text;

namespace Sync.Net.Runner.Plans;

/// <summary>Takes a text for the shell apart into simple commands, as far as that can be done without running it.</summary>
internal static class ShellWords
{
    private const string Separators = ";&|()\n{}<>";
    private const string Dynamic = "$`*?[";

    private static readonly HashSet<string> Keywords = new(["if", "then", "else", "elif", "fi", "while", "until", "do", "done", "!", "exec", "time"], StringComparer.Ordinal);

    /// <summary>The words of each command; null stands for one that only a shell could know.</summary>
    public static IEnumerable<IReadOnlyList<string?>> CommandsOf(string script)
    {
        List<string?> words = [];
        foreach ((string? word, bool ends) in Words(script))
        {
            if (!ends && (words.Count > 0 || (word is not null && !Keywords.Contains(word) && !IsAssignment(word)) || word is null)) words.Add(word);
            if (!ends || words.Count == 0) continue;
            yield return words;
            words = [];
        }
        if (words.Count > 0) yield return words;
    }

    private static IEnumerable<(string? Word, bool Ends)> Words(string script)
    {
        for (int at = 0; at < script.Length;)
        {
            char c = script[at];
            if (c == '#')
            {
                int end = script.IndexOf('\n', at);
                at = end < 0 ? script.Length : end;
            }
            else if (Separators.Contains(c, StringComparison.Ordinal))
            {
                at++;
                yield return (null, true);
            }
            else if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else
            {
                yield return (Word(script, ref at), false);
            }
        }
    }

    private static string? Word(string script, ref int at)
    {
        var word = new StringBuilder();
        bool isKnown = true;
        char quote = '\0';
        for (; at < script.Length; at++)
        {
            char c = script[at];
            if (quote == '\0' && (char.IsWhiteSpace(c) || Separators.Contains(c, StringComparison.Ordinal))) break;
            if (quote == '\0' && c is '\'' or '"' && quote == '\0')
            {
                quote = c;
            }
            else if (c == quote && quote != '\0')
            {
                quote = '\0';
            }
            else
            {
                if (quote != '\'' && Dynamic.Contains(c, StringComparison.Ordinal)) isKnown = false;
                if (c == '\\' && quote != '\'' && at + 1 < script.Length) c = script[++at];
                word.Append(c);
            }
        }
        return isKnown ? word.ToString() : null;
    }

    private static bool IsAssignment(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && word.Take(equals).All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
    }
}
