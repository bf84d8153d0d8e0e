using Sync.Net.Cli;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;

namespace Sync.Net.Tests.Cli;

public sealed class LineTests
{
    private static readonly Syntax Send = Syntax.OfMember("send ID [KEY=VALUE …]", 1, int.MaxValue, ["--get"], ["--any"]);

    [Theory]
    [InlineData("id", "k=a b", "k2=*")]
    [InlineData("@file", "[suggest:3]", "k=-x")]
    [InlineData("true", "false", "-")]
    [InlineData("", " ", "ü漢🚀")]
    public void Operands_AreKeptAsTheyAre(params string[] operands) => Assert.Equal(operands, Parse(operands).Operands);

    [Fact]
    public void AfterTheDashes_NothingIsAnOption()
    {
        Line line = Parse("id", "--any", "--", "--json", "-", "--", "-k=v");

        Assert.Equal(["id", "--json", "-", "--", "-k=v"], line.Operands);
        Assert.True(line.Has("--any"));
        Assert.False(line.Has("--json"));
        Assert.False(line.IsInput(2));
    }

    [Fact]
    public void Dash_StandsForStandardInput()
    {
        Assert.True(Parse("id", "-").IsInput(1));
        Assert.False(Parse("--", "id", "-").IsInput(1));
        Assert.False(Parse("id").IsInput(1));
    }

    [Fact]
    public void Flags_TakeNoValue()
    {
        Line line = Parse("--json", "true");

        Assert.Equal(["true"], line.Operands);
        Assert.True(line.Has("--json"));
    }

    [Fact]
    public void Values_MayHoldAnything()
    {
        Assert.Equal("a=b:c", Parse("id", "--get", "a=b:c").Get("--get"));
        Assert.Equal("--x", Parse("id", "--get=--x").Get("--get"));
        Assert.Null(Parse("id").Get("--get"));
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("id", "--help")]
    [InlineData("id", "-h")]
    [InlineData("id", "-?")]
    [InlineData("id", "--version")]
    [InlineData("id", "--timout=5")]
    [InlineData("id", "-xyz")]
    [InlineData("id", "--get")]
    [InlineData("id", "--get", "a", "--get", "b")]
    public void UnusableLine_IsRefused(params string[] arguments) => Assert.Throws<UsageException>(() => Parse(arguments));

    [Theory]
    [InlineData("k=v", "k", "v")]
    [InlineData("free-space=a b", "free-space", "a b")]
    [InlineData("k=a=b=c", "k", "a=b=c")]
    [InlineData("k=", "k", "")]
    [InlineData("k=a>b\\n*\n", "k", "a>b\\n*\n")]
    [InlineData("a b=c", "a b", "c")]
    public void Pair_IsSplitAtTheFirstEqualsSign(string text, string key, string value) =>
        Assert.Equal(KeyValuePair.Create(key, value), Assert.Single(Operands.Pairs([text])));

    [Theory]
    [InlineData("k")]
    [InlineData("=v")]
    [InlineData("k=1", "k=2")]
    public void UnusablePair_IsRefused(params string[] pairs) => Assert.Throws<UsageException>(() => Operands.Pairs(pairs));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("99999999999")]
    public void UnusableNumber_IsRefused(string text) => Assert.Throws<UsageException>(() => Operands.Number(text, "N", 1));

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("a'b", @"'a'\''b'")]
    [InlineData("$x `y` \"z\"\n", "'$x `y` \"z\"\n'")]
    public void ShellText_IsQuoted(string text, string quoted) => Assert.Equal(quoted, ShellText.Quoted(text));

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a\nb\tc\\d\r", @"a\nb\tc\\d\r")]
    public void LinesOfMessages_AreEscaped(string text, string escaped) => Assert.Equal(escaped, MessageText.Escaped(text));

    [Fact]
    public void X1_EveryFailureHasAnExitCodeOfItsOwn()
    {
        int[] codes = [.. Enum.GetValues<SyncFailureKind>().Select(ExitCodes.Of)];

        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.True(code is > 1 and not ExitCodes.Usage and < 126));
    }

    [Fact]
    public void EveryVerb_IsMade() => Assert.All(Tool.VerbNames, name => Assert.StartsWith(name, Tool.VerbOf(name)!.Syntax.Usage, StringComparison.Ordinal));

    private static Line Parse(params string[] arguments) => Line.Parse(Send, arguments);
}
