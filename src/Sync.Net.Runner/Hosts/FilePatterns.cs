using System.IO.Enumeration;

namespace Sync.Net.Runner.Hosts;

/// <summary>Names and patterns of files below a working folder: <c>*</c> and <c>?</c> within a name, <c>/</c> between names.</summary>
internal static class FilePatterns
{
    /// <exception cref="HostException">There is no such file.</exception>
    public static void RequireFile(string file, string member)
    {
        if (!File.Exists(file)) throw new HostException($"Member '{member}': there is no file '{file}' to copy. Name files, not folders, relative to the runner's folder.");
    }

    /// <summary>Refuses what leads out of the working folder.</summary>
    /// <exception cref="HostException">A pattern does.</exception>
    public static void Check(IEnumerable<string> patterns)
    {
        foreach (string pattern in patterns)
        {
            if (pattern.Length == 0 || pattern[0] == '/' || pattern.Split('/').Contains("..") || pattern.AsSpan().IndexOfAny('\0', '\n', '\r') >= 0)
            {
                throw new HostException($"'{pattern}' can't be collected: name files below the member's working folder.");
            }
        }
    }

    /// <summary>Copies what matches into another folder, with the same relative paths.</summary>
    public static IReadOnlyList<string> Copy(string from, IReadOnlyCollection<string> patterns, string to, CancellationToken cancellationToken)
    {
        Check(patterns);
        List<string> copied = [];
        foreach (string relative in patterns.SelectMany(p => Match(from, p.Split('/'), "")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, relative), target, overwrite: true);
            copied.Add(relative);
        }

        return copied;
    }

    private static IEnumerable<string> Match(string root, string[] pattern, string below)
    {
        string folder = Path.Combine(root, below);
        if (!Directory.Exists(folder)) return [];
        if (pattern[0] is "" or ".") return pattern.Length > 1 ? Match(root, pattern[1..], below) : [];
        IEnumerable<string> names = (pattern.Length == 1 ? Directory.EnumerateFiles(folder) : Directory.EnumerateDirectories(folder))
            .Select(path => Path.GetFileName(path))
            .Where(name => Fits(pattern[0], name))
            .Select(name => Path.Combine(below, name));
        return pattern.Length == 1 ? names : names.SelectMany(name => Match(root, pattern[1..], name));
    }

    /// <summary>As in a shell, a wildcard does not stand for the dot that a hidden name begins with.</summary>
    private static bool Fits(string pattern, string name) =>
        (name[0] != '.' || pattern[0] == '.') && FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), name, ignoreCase: false);
}
