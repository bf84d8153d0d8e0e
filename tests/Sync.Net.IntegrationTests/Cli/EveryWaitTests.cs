using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>X1: every wait of the tool and of the commands of other systems, against every way to fail: never 0.</summary>
public sealed class EveryWaitTests
{
    private const string StateWait = "syncnet state wait up b";

    /// <summary>Each waits in a session of its own, for member b or for somebody else.</summary>
    private static readonly (string Session, string Script)[] Waits =
    [
        ("t-barrier", "syncnet barrier t-barrier"),
        ("t-data", "syncnet data t-data v"),
        ("t-wait", "syncnet wait t-wait"),
        ("t-others", "syncnet wait t-others --others"),
        ("t-all", "syncnet wait-all t-all"),
        ("t-role", "syncnet wait-all t-role server"),
        ("t-sync", "syncnet sync t-sync"),
        ("t-count", "syncnet count wait t-count"),
        ("t-part", "syncnet count wait t-part --participants 2"),
        ("t-init", "syncnet count init 2 t-init"),
        ("states", StateWait),
        ("t-lava-wait", "lava-wait t-lava-wait"),
        ("t-lava-all", "lava-wait-all t-lava-all"),
        ("t-lava-sync", "lava-sync t-lava-sync"),
        ("t-emulab", "emulab-sync -n t-emulab"),
        ("states", "rstrnt-sync-block -s UP b"),
    ];

    /// <summary>Nobody else than b can meet these.</summary>
    private static readonly string[] NeedsB = ["t-barrier", "t-data", "t-wait", "t-others", "t-all", "t-role", "t-sync", "t-lava-wait", "t-lava-all", "t-lava-sync"];

    private static readonly string[] Counts = ["t-count", "t-part", "t-init", "t-emulab"];

    [Theory]
    [InlineData("lost", 81)]
    [InlineData("leave", 82)]
    [InlineData("fail 'no disk'", 83)]
    public async Task X1_NeededMemberGone_EndsAllThatNeedIt(string how, int code)
    {
        await using ToolLab lab = await StartAsync();
        Command[] waits = await WaitAsync(lab);

        if (how == "lost") await LoseAsync(lab);
        else Assert.Equal(0, (await lab.StartScript("b", $"syncnet {how}").EndAsync()).ExitCode);

        await AssertEndAsync(lab, waits, code, each => NeedsB.Contains(each.Session) || each.Script == StateWait);
        // What others may yet meet, or waits for a return, goes on until it is ended for another reason.
        Assert.Equal(0, (await lab.RunAsync("a", "abort", "the test is over")).ExitCode);
        await AssertEndAsync(lab, waits, 84, each => !NeedsB.Contains(each.Session) && each.Script != StateWait);
    }

    [Fact]
    public async Task X1_Aborted_EndsAllWith84()
    {
        await using ToolLab lab = await StartAsync();
        Command[] waits = await WaitAsync(lab);

        Assert.Equal(0, (await lab.RunAsync("b", "abort", "wrong kernel")).ExitCode);

        await AssertEndAsync(lab, waits, 84);
    }

    [Fact]
    public async Task X1_EssentialMemberFailed_EndsAllWith83()
    {
        await using ToolLab lab = await StartAsync();
        lab.Variables["SYNC_NET_ESSENTIAL"] = "server";
        Command[] waits = await WaitAsync(lab);

        Assert.Equal(0, (await lab.RunAsync("b", "fail", "no disk")).ExitCode);

        await AssertEndAsync(lab, waits, 83);
    }

    [Fact]
    public async Task X1_ServerKilled_EndsAllWith76()
    {
        await using ToolLab lab = await StartAsync();
        Command[] waits = await WaitAsync(lab);

        PosixSignals.Send(lab.Server, PosixSignals.Kill);

        await AssertEndAsync(lab, waits, 76);
    }

    [Fact]
    public async Task X1_Cleared_EndsCountsWith87AndEmulabsWith240()
    {
        await using ToolLab lab = await StartAsync();
        Command[] waits = await WaitAsync(lab);

        PosixSignals.Send(lab.Server, PosixSignals.Hangup);

        await AssertEndAsync(lab, waits, 87, each => Counts.Contains(each.Session));
        Assert.Equal(0, (await lab.RunAsync("a", "abort", "the test is over")).ExitCode);
        await AssertEndAsync(lab, waits, 84, each => !Counts.Contains(each.Session));
    }

    [Theory]
    [InlineData("SYNC_NET_KEY", "not the key of this server", 77)]
    [InlineData("SYNC_NET_MEMBER", "stranger", 64)]
    [InlineData("SYNC_NET_ROSTER", "a=client,b=server,z=client", 85)]
    [InlineData("SYNC_NET_TIMEOUT", "0", 124)]
    [InlineData("SYNC_NET_ENDPOINT", "nowhere", 64)]
    public async Task X1_TurnedAwayOrTooLate_IsNeverZero(string variable, string value, int code)
    {
        await using ToolLab lab = await StartAsync();
        // The group is declared before anybody comes with another declaration.
        Assert.Equal(0, (await lab.RunAsync("b", "send", "here")).ExitCode);
        lab.Variables[variable] = value;

        await AssertEndAsync(lab, Start(lab), code);
    }

    [Fact]
    public async Task X1_Signal_IsNeverZero()
    {
        await using ToolLab lab = await StartAsync();
        Command[] waits = await WaitAsync(lab);

        foreach (Command wait in waits)
        {
            await PosixSignals.HandledAsync(wait, PosixSignals.Terminate);
            PosixSignals.Send(wait, PosixSignals.Terminate);
        }

        foreach (Command wait in waits) Assert.Equal(143, (await wait.EndAsync()).ExitCode);
    }

    private static async Task<ToolLab> StartAsync()
    {
        ToolLab lab = await ToolLab.StartAsync();
        foreach (string profile in new[] { "lava", "emulab", "restraint" }) await lab.InstallAsync(profile);
        lab.Variables["SYNC_NET_GROUP"] = "every-wait";
        lab.Variables["SYNC_NET_TIMEOUT"] = "50";
        lab.Variables["SYNC_NET_CACHE"] = Path.Combine(lab.Folder, "cache");
        return lab;
    }

    private static Command[] Start(ToolLab lab) => [.. Waits.Select(wait => lab.StartScript(null, $"exec {wait.Script}"))];

    private static async Task<Command[]> WaitAsync(ToolLab lab)
    {
        Command[] waits = Start(lab);
        await lab.WaitedForAsync([.. Waits.Select(wait => wait.Session)]);
        return waits;
    }

    private static async Task LoseAsync(ToolLab lab)
    {
        Command holder = lab.Start("b", "hold", "--", "sh", "-c", "echo up; exec sleep 60");
        Assert.Equal("up", await holder.FirstLineAsync());
        PosixSignals.Send(holder, PosixSignals.Kill);
    }

    private static async Task AssertEndAsync(ToolLab lab, Command[] waits, int code, Predicate<(string Session, string Script)>? which = null)
    {
        foreach ((Command wait, (string Session, string Script) each) in waits.Zip(Waits))
        {
            if (which?.Invoke(each) == false) continue;
            ProgramRun run = await wait.EndAsync();
            int expected = CodeOf(each.Script, code);
            Assert.True(run.ExitCode == expected, $"'{each.Script}' should end with {expected}: {run.All}");
            Assert.Empty(run.Output);
            Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        }
        Assert.False(File.Exists(lab.Variables["SYNC_NET_CACHE"]), "a failed wait left a cache file");
    }

    /// <summary>Emulab's and Restraint's originals know fewer.</summary>
    private static int CodeOf(string script, int code) => script.Split(' ')[0] switch
    {
        "emulab-sync" => code switch
        {
            64 => 64,
            87 => 240,
            _ => 76,
        },
        "rstrnt-sync-block" => 1,
        _ => code,
    };
}
