using System.Text.RegularExpressions;

namespace Sync.Net.Tests.HouseRules;

/// <summary>Rules for the tests themselves.</summary>
public sealed partial class TestFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests");

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories);

    [Fact]
    public void AllowedSkips_NameTestsThatExistAndGiveAReason()
    {
        string tests = string.Join('\n', Files.Select(File.ReadAllText));

        foreach (string line in Repository.Read(".ci/allowed-skips").Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            Match match = Entry().Match(line);
            Assert.True(match.Success, $"Not a name, a space and a reason: {line}");
            Assert.Contains($" {match.Groups["method"].Value}(", tests, StringComparison.Ordinal);
            Assert.Contains($"class {match.Groups["type"].Value}", tests, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tests_DoNotSleep() =>
        Assert.Empty(Files.Where(file => Sleep().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Folder, file)));

    [GeneratedRegex(@"^(?<namespace>[\w.]+)\.(?<type>\w+)\.(?<method>\w+) \S.*$")]
    private static partial Regex Entry();

    /// <summary>Waiting for real time to pass, without a clock of the test's own.</summary>
    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\([^,()]*(\([^()]*\))?\)")]
    private static partial Regex Sleep();
}
