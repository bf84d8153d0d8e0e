using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli.DropIns;

/// <summary>Scripts as they were written for the originals, against a server of ours.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task L2L3L6_ServerTellsItsAddress_ClientReadsTheCache()
    {
        await using ToolLab lab = await StartAsync("lava");
        lab.Variables["SYNC_NET_CACHE"] = Path.Combine(lab.Folder, "cache.txt");

        Command client = Script(lab, "a", """
            set -e
            lava-wait server-ready
            ip=$(sed -n 's/^server-ip=//p' "$SYNC_NET_CACHE")
            lava-send client-done free-space="$(printf '1 2  * \\ > =')"
            test "$ip" = '10.0.0.1 x=y'
            """);
        Command server = Script(lab, "b", """
            set -e
            # Two hosts have two cache files.
            SYNC_NET_CACHE="$SYNC_NET_CACHE.b"
            test "$(lava-self)/$(lava-role)" = b/server
            lava-send server-ready server-ip='10.0.0.1 x=y'
            lava-wait-all client-done client
            """);

        ProgramRun clientRun = await client.EndAsync();
        ProgramRun serverRun = await server.EndAsync();
        Assert.True(clientRun.ExitCode == 0, clientRun.All);
        Assert.Equal("server-ip=10.0.0.1 x=y\n", clientRun.Output);
        Assert.True(serverRun.ExitCode == 0, serverRun.All);
        Assert.Equal("a:free-space=1 2  * \\ > =\n", serverRun.Output);
    }

    [Fact]
    public async Task L1L5L12_GroupRolesAndSync_InAScript()
    {
        await using ToolLab lab = await StartAsync("lava");
        lab.Variables["SYNC_NET_CACHE"] = Path.Combine(lab.Folder, "cache.txt");
        const string Text = """
            lava-sync ready >/dev/null && lava-sync ready >/dev/null || exit 9
            test ! -e "$SYNC_NET_CACHE" || exit 8
            lava-group; lava-group client; lava-group nobody; echo $?; lava-role list
            """;

        ProgramRun[] runs = await Task.WhenAll(Script(lab, "a", Text).EndAsync(), Script(lab, "b", Text).EndAsync());

        Assert.All(runs, run => Assert.Equal("a\tclient\nb\tserver\na\n1\nclient\nserver\n", run.Output));
    }

    [Fact]
    public async Task L6_Of2013_PrintsDevicesAndLeavesTheCallerOut()
    {
        await using ToolLab lab = await StartAsync("lava-2013");

        ProgramRun run = await Script(lab, "a", """
            lava-send x k=mine
            SYNC_NET_MEMBER=b SYNC_NET_ROLE=server lava-send x 'a-b=1 2'
            lava-wait x; lava-wait-all x
            """).EndAsync();

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal("a-b=1 2\nb a-b=1 2\n", run.Output);
    }

    [Fact]
    public async Task X1_WaitThatIsNotMet_IsNeverZero()
    {
        await using ToolLab lab = await StartAsync("lava", "restraint", "emulab");
        lab.Variables["SYNC_NET_TIMEOUT"] = "1";
        lab.Variables["SYNC_NET_CACHE"] = Path.Combine(lab.Folder, "cache.txt");
        await File.WriteAllTextAsync(lab.Variables["SYNC_NET_CACHE"]!, "k=of an earlier call\n", TestContext.Current.CancellationToken);

        ProgramRun run = await Script(lab, "a", """
            lava-wait never; echo $?; lava-wait-all never; echo $?; lava-wait-all never nobody; echo $?
            rstrnt-sync-block -s UP --timeout 1 b; echo $?; emulab-sync -n never; echo $?
            test -e "$SYNC_NET_CACHE"; echo $?
            """).EndAsync();

        Assert.Equal("124\n124\n64\n1\n76\n1\n", run.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task E2E5_MasterAndWaiters_InBothOrders(bool masterFirst)
    {
        await using ToolLab lab = await StartAsync("emulab");
        lab.Variables.Remove("SYNC_NET_ROSTER");
        lab.Variables.Remove("SYNC_NET_MEMBER");
        string[] texts = masterFirst
            ? ["emulab-sync -i 2 -e 3", "emulab-sync", "emulab-sync -e 7"]
            : ["emulab-sync", "emulab-sync -e 7", "emulab-sync -i 2 -e 3"];

        ProgramRun[] runs = await Task.WhenAll(texts.Select(text => Script(lab, null, text).EndAsync()));
        ProgramRun credit = await Script(lab, null, "emulab-sync -a -i 1 && emulab-sync && emulab-sync -m").EndAsync();

        Assert.All(runs, run => Assert.True(run.ExitCode == 7, run.All));
        Assert.True(credit.ExitCode == 0, credit.All);
    }

    [Fact]
    public async Task R2_StateSurvivesARebootOfItsHost()
    {
        await using ToolLab lab = await StartAsync("restraint");
        Command waiter = Script(lab, "a", "rstrnt-sync-block -s INSTALLED -s REBOOTED b");
        await lab.WaitedForAsync("states");

        Assert.Equal(0, (await Script(lab, "b", "rstrnt-sync-set INSTALLED").EndAsync()).ExitCode);
        Assert.Equal(1, (await Script(lab, "a", "rstrnt-sync-block -s INSTALLED -s REBOOTED --timeout 0 b").EndAsync()).ExitCode);
        lab.Variables["SYNC_NET_INCARNATION"] = "1";
        Assert.Equal(0, (await Script(lab, "b", "rstrnt-sync-set REBOOTED").EndAsync()).ExitCode);

        ProgramRun run = await waiter.EndAsync();
        Assert.True(run.ExitCode == 0, run.All);
    }

    private static Command Script(ToolLab lab, string? member, string text) => lab.StartScript(member, text);

    private static async Task<ToolLab> StartAsync(params string[] profiles)
    {
        ToolLab lab = await ToolLab.StartAsync();
        foreach (string profile in profiles) await lab.InstallAsync(profile);
        return lab;
    }
}
