using System.Text.RegularExpressions;

namespace Sync.Net.Tests.HouseRules;

public sealed partial class SkipTests
{
    [Fact]
    public void AllowedSkips_NameTestsThatExistAndGiveAReason()
    {
        string tests = string.Join('\n', Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));

        foreach (string line in Repository.Read(".ci/allowed-skips").Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            Match match = Entry().Match(line);
            Assert.True(match.Success, $"Not a name, a space and a reason: {line}");
            Assert.Contains($" {match.Groups["method"].Value}(", tests, StringComparison.Ordinal);
            Assert.Contains($"class {match.Groups["type"].Value}", tests, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^(?<namespace>[\w.]+)\.(?<type>\w+)\.(?<method>\w+) \S.*$")]
    private static partial Regex Entry();
}
