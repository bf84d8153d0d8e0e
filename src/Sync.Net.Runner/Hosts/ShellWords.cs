using System.Text.RegularExpressions;

namespace Sync.Net.Runner.Hosts;

/// <summary>Writes words for a POSIX shell.</summary>
internal static partial class ShellWords
{
    public static string Quote(string word) => Plain().IsMatch(word) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    public static bool IsName(string variable) => Name().IsMatch(variable);

    /// <summary>A pattern as a word: only its wildcards mean something.</summary>
    public static string Pattern(string pattern) => Special().Replace(pattern, @"\$0");

    [GeneratedRegex(@"^[A-Za-z0-9_./:@%+-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"[^A-Za-z0-9_./*?-]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
