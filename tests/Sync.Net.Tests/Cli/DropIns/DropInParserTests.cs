using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.DropIns;

namespace Sync.Net.Tests.Cli.DropIns;

public sealed class DropInParserTests
{
    [Theory]
    [InlineData("free-space=a b  *\\n>=x", "free-space", "a b  *\\n>=x")]
    [InlineData("server-ip=10.0.0.1", "server-ip", "10.0.0.1")]
    [InlineData("k=", "k", "")]
    [InlineData("k=line\nbreak", "k", "line\nbreak")]
    public void L2_Pair_IsSplitAtTheFirstEqualsOnly(string arg, string key, string value) =>
        Assert.Equal(new Dictionary<string, string> { [key] = value }, LavaCommand.PairsOf([arg]));

    [Theory]
    [InlineData("novalue")]
    [InlineData("=v")]
    [InlineData("k=v", "k=w")]
    public void L2_WhatIsNoPair_IsAUsageError(params string[] args) => Assert.Throws<UsageException>(() => LavaCommand.PairsOf(args));

    [Fact]
    public void L6_Lines_HaveTheFormOfTheProfile()
    {
        (string, IReadOnlyDictionary<string, string>)[] messages =
        [
            ("a", new Dictionary<string, string> { ["k"] = "old", ["free-space"] = "1 2" }),
            ("b", new Dictionary<string, string> { ["k"] = "b" }),
            ("a", new Dictionary<string, string> { ["k"] = "new" }),
        ];

        Assert.Equal("k=b\nk=new\nfree-space=1 2\n", LavaLines.Of(messages, true, LavaForm.Today, "a"));
        Assert.Equal("b:k=b\na:k=new\na:free-space=1 2\n", LavaLines.Of(messages, false, LavaForm.Today, "a"));
        Assert.Equal("b k=b\n", LavaLines.Of(messages, false, LavaForm.Of2013, "a"));
        Assert.Equal("", LavaLines.Of([], false, LavaForm.Today, "a"));
    }

    [Fact]
    public void E2_Options_AreReadAsGetoptDoes()
    {
        EmulabArguments parsed = EmulabArguments.Parse(["-adu", "-i4", "-e", "239", "-n", "x", "-s", "boss", "-p", "99"]);

        Assert.True(parsed.IsAsynchronous && parsed.IsTalkative && !parsed.AsksForMaster);
        Assert.Equal((4, 239, "x", "boss", 99), (parsed.Initialise, parsed.Code, parsed.Name, parsed.Server, parsed.Port));
        Assert.Equal(("barrier", 0), (EmulabArguments.Parse([]).Name, EmulabArguments.Parse([]).Code));
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("-i")]
    [InlineData("-i", "0")]
    [InlineData("-i", "two")]
    [InlineData("-e", "240")]
    [InlineData("-a")]
    [InlineData("word")]
    [InlineData("-n", "1234567890123456789012345678901234567890123456789012345678901234")]
    public async Task E8_UnusableOptions_EndWith64(params string[] args) =>
        Assert.Equal(64, await DropInCommands.TryRunAsync("/usr/bin/emulab-sync", args));

    [Theory]
    [InlineData("boss", "boss", 7)]
    [InlineData("boss:99\n", "boss", 99)]
    [InlineData("10.0.0.1:99", "10.0.0.1", 99)]
    [InlineData("[::1]:99", "::1", 99)]
    [InlineData("::1", "::1", 7)]
    public void E7_ServerFile_ItsPortIsStronger(string text, string host, int port) =>
        Assert.Equal(new EmulabPlace(host, port), EmulabPlace.Parse(text, 7));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("boss:port")]
    [InlineData("boss:70000")]
    public void E7_ServerFileOfSomethingElse_IsRefused(string text) => Assert.Null(EmulabPlace.Parse(text, 7));

    [Fact]
    public void R1_Block_TakesStatesHostsAndOptionsInAnyOrder()
    {
        RestraintArguments parsed = RestraintArguments.Parse(["h1", "-s", "A", "--timeout", "1.5", "-s", "B", "--any", "h2"]);

        Assert.Equal(["A", "B"], parsed.States);
        Assert.Equal(["h1", "h2"], parsed.Hosts);
        Assert.True(parsed.IsAny);
        Assert.Equal(TimeSpan.FromSeconds(1.5), parsed.Timeout);
    }

    [Theory]
    [InlineData("-s", "A")]
    [InlineData("h1")]
    [InlineData("-s", "A", "--timeout", "-1", "h1")]
    [InlineData("-s", "A", "--every", "h1")]
    public async Task R2_UnusableArguments_EndWith1(params string[] args) =>
        Assert.Equal(1, await DropInCommands.TryRunAsync("rstrnt-sync-block", args));

    [Fact]
    public async Task NameThatIsNone_IsLeftToTheTool() => Assert.Null(await DropInCommands.TryRunAsync("syncnet", []));
}
