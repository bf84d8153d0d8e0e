using System.Text.RegularExpressions;

namespace Sync.Net.Tests.HouseRules;

/// <summary>docs/behaviours.md says for every behaviour where it is pinned; this holds it to its word.</summary>
public sealed partial class BehaviourTests
{
    private static readonly Lazy<string> Tests = new(static () => string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)));

    private static IEnumerable<Match> Rows => Row().Matches(Repository.Read("docs/behaviours.md"));

    [Fact]
    public void EveryBehaviour_HasATestThatIsNamedForIt()
    {
        string[] names = [.. Rows.Select(r => r.Groups["name"].Value).Select(name => char.IsDigit(name[0]) ? "Rule" + name : name)];

        Assert.Equal(55 + 23, names.Length);
        Assert.DoesNotContain(names, name => !Regex.IsMatch(Tests.Value, $@"\b(Task|void) (\w+_)?{name}_\w+\("));
    }

    [Fact]
    public void EveryBehaviour_IsPinnedInTestsThatExist()
    {
        foreach (Match row in Rows)
        {
            string[] classes = [.. Name().Matches(row.Groups["where"].Value).Select(m => m.Groups["class"].Value)];
            Assert.NotEmpty(classes);
            Assert.DoesNotContain(classes, c => !Regex.IsMatch(Tests.Value, $@"\bclass {c}Tests\b"));
        }
    }

    [GeneratedRegex(@"^\| (?<name>[ABELRVX]?\d+) \|[^|]*\|(?<where>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(?<class>[A-Z]\w+)\b")]
    private static partial Regex Name();
}
