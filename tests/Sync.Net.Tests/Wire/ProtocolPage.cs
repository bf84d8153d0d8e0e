using System.Globalization;
using System.Text.RegularExpressions;

namespace Sync.Net.Tests.Wire;

/// <summary>The golden bytes of docs/protocol.md, by name, and its headings.</summary>
internal static partial class ProtocolPage
{
    private static readonly string Text = File.ReadAllText(Find());

    public static IReadOnlyDictionary<string, byte[]> Golden { get; } =
        GoldenBlock().Matches(Text).ToDictionary(match => match.Groups["name"].Value, Bytes);

    /// <summary>The pieces of a carrier.</summary>
    public static byte[] Pieces { get; } = Bytes(PiecesBlock().Match(Text));

    public static IReadOnlySet<string> FrameHeadings { get; } =
        FrameHeading().Matches(Text).Select(match => match.Groups["name"].Value).ToHashSet();

    /// <summary>The type that the page gives under a frame's heading.</summary>
    public static int TypeOf(string heading) => int.Parse(
        FrameHeading().Matches(Text).Single(match => match.Groups["name"].Value == heading).Groups["type"].Value,
        CultureInfo.InvariantCulture);

    private static byte[] Bytes(Match match) => Convert.FromHexString(string.Concat(match.Groups["hex"].Value.Where(char.IsAsciiHexDigit)));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "protocol.md");
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException("docs/protocol.md is not above the tests.");
    }

    [GeneratedRegex(@"^```golden (?<name>[^\n]+)\n(?<hex>[^`]*)^```", RegexOptions.Multiline)]
    private static partial Regex GoldenBlock();

    [GeneratedRegex(@"^```pieces\n(?<hex>[^`]*)^```", RegexOptions.Multiline)]
    private static partial Regex PiecesBlock();

    [GeneratedRegex(@"^### (?<name>[a-z ]+)\n\nType (?<type>\d+),", RegexOptions.Multiline)]
    private static partial Regex FrameHeading();
}
