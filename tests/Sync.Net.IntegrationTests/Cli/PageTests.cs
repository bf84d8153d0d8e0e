using System.Text.RegularExpressions;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>The examples of docs/cli.md do what it says.</summary>
public sealed partial class PageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Programs.RepositoryRoot, "docs", "cli.md"));

    public static TheoryData<string> Verbs => [.. Sections().Matches(Page).Select(m => m.Groups["verb"].Value).Where(Names.Contains)];

    private static string[] Names { get; } = Regex.Match(
        File.ReadAllText(Path.Combine(Programs.RepositoryRoot, "src", "Sync.Net.Cli", "Tool.cs")), @"VerbNames =\s*\[(?<names>[^\]]*)\]").Groups["names"].Value
        .Split([',', '"', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void EveryVerb_HasAnExample()
    {
        Assert.NotEmpty(Names);
        Assert.All(Names, name => Assert.Contains(SectionOf(name), c => c.Groups["script"].Length > 0));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Example_DoesWhatThePageSays(string verb)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        foreach (Match example in SectionOf(verb))
        {
            lab.Variables["SYNC_NET_GROUP"] = $"{verb}-{example.Index}";
            ProgramRun run = await lab.StartProgram(null, "sh", "-euc", example.Groups["script"].Value).EndAsync();

            Assert.True(run.ExitCode == 0, run.All);
            Assert.Equal(example.Groups["output"].Value, run.Output);
            Assert.Empty(run.Error);
        }
    }

    private static MatchCollection SectionOf(string verb) =>
        Example().Matches(Regex.Match(Page, $@"^## {Regex.Escape(verb)}\n.*?(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Value);

    [GeneratedRegex(@"^## (?<verb>[\w-]+)$", RegexOptions.Multiline)]
    private static partial Regex Sections();

    [GeneratedRegex("^```sh\n(?<script>.*?)^```\n(```text\n(?<output>.*?)^```)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
