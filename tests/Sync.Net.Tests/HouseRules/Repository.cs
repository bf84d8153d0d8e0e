using System.Reflection;
using System.Text.RegularExpressions;

namespace Sync.Net.Tests.HouseRules;

/// <summary>The pages that are written for users.</summary>
internal static partial class Repository
{
    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!);

    /// <summary>README.md and docs/*.md, relative to the root.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md")
            .Select(file => Path.GetRelativePath(Root, file))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    /// <summary>
    /// The C# examples of a page. A comment <c>&lt;!-- given: … --&gt;</c> right before one holds the declarations that its reader has.
    /// </summary>
    public static IEnumerable<Snippet> SnippetsOf(string page)
    {
        string text = Read(page);
        foreach (Match match in Fence().Matches(text))
        {
            int line = 1 + text.AsSpan(0, match.Groups["code"].Index).Count('\n');
            yield return new Snippet(page, line, match.Groups["given"].Value, match.Groups["code"].Value);
        }
    }

    [GeneratedRegex(@"(<!-- given:(?<given>.*?)-->\s*)?^```csharp\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}

/// <summary>One example in a page.</summary>
internal sealed record Snippet(string Page, int Line, string Given, string Code);
