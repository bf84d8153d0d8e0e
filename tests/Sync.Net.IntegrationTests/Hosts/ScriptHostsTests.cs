using System.Globalization;
using Sync.Net.IntegrationTests.Cli;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Hosts;

/// <summary>Scripts as they were written for LAVA, Emulab and Restraint, each on a host of its own.</summary>
public sealed class ScriptHostsTests
{
    private const string NoIperf = "The scripts run iperf, which is not installed.";

    /// <summary>Goes on when it listens, and ends it with the script.</summary>
    private const string StartIperf = """
        self=$(lava-self)
        iperf -s > iperf-$self.log 2>&1 &
        iperf=$!
        trap 'kill $iperf' EXIT
        while ! grep -q 'Server listening' iperf-$self.log; do kill -0 $iperf; done
        address=$(ip -4 -o address show dev eth0 | awk '{print $4}' | cut -d/ -f1)

        """;

    [Fact]
    public async Task L2L3_ServerAndClient_MeasureTheNetworkBetweenTwoHosts()
    {
        Assert.SkipUnless(Shell.Exists("iperf"), NoIperf);
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using ToolLab lab = await StartAsync(network, "lava");
        lab.Variables["SYNC_NET_ROSTER"] = "server=server,client=client";

        Command server = Script(lab, network.Hosts[0], "server", StartIperf + """
            lava-send server-ready server-ip=$address
            lava-wait client-done
            """);
        Command client = Script(lab, network.Hosts[1], "client", """
            lava-wait server-ready > /dev/null
            server=$(grep server-ip "$SYNC_NET_CACHE" | cut -d= -f2)
            rate=$(iperf -c "$server" -t 1 -y C | tail -1 | cut -d, -f9)
            test "$rate" -gt 0
            lava-send client-done rate="$rate" server="$server"
            """);

        ProgramRun[] runs = await EndAsync(client, server);
        string[] told = runs[1].Output.TrimEnd('\n').Split('\n');
        Assert.Equal($"server={network.Hosts[0].V4}", told[1]);
        Assert.True(long.Parse(told[0].Split('=')[1], CultureInfo.InvariantCulture) > 1_000_000, told[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task L4L5_AnyNumberOfClients_AllAreReadyBeforeAnyWorksAndDoneBeforeTheServerStops(int clients)
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: clients + 1);
        await using ToolLab lab = await StartAsync(network, "lava");
        lab.Variables["SYNC_NET_ROLES"] = $"server*1,client*{clients}";
        // The hosts' file system is one, so that they see each other's marks.
        Command server = Script(lab, network.Hosts[0], "server", """
            touch served
            lava-sync ready
            lava-sync done
            test "$(ls worked-* | wc -l)" = "$(lava-group client | wc -l)"
            rm served
            """, "server");
        Command[] all =
        [
            server,
            .. network.Hosts.Skip(1).Select((host, i) => Script(lab, host, $"client{i}", """
                lava-sync ready
                test -e served
                touch worked-$(lava-self)
                lava-sync done
                """, "client")),
        ];

        await EndAsync(all);

        Assert.Equal(clients, Directory.GetFiles(lab.Folder, "worked-*").Length);
    }

    [Fact]
    public async Task L1_PeersOfFiveHosts_FindEachOtherByTheGroup()
    {
        Assert.SkipUnless(Shell.Exists("iperf"), NoIperf);
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 5);
        await using ToolLab lab = await StartAsync(network, "lava");
        lab.Variables["SYNC_NET_ROSTER"] = string.Join(',', network.Hosts.Select(host => $"{host.V4}=peer"));

        Command[] all =
        [
            .. network.Hosts.Select(host => Script(lab, host, host.V4, StartIperf + """
                # Each tells all others where it is reached, and reaches each of them there.
                lava-send address address-$self=$address
                lava-wait-all address > /dev/null
                for peer in $(lava-group | cut -f1); do
                    test "$peer" = "$self" && continue
                    address=$(sed -n "s/^$peer:address-$peer=//p" "$SYNC_NET_CACHE")
                    iperf -c "$address" -n 16K > /dev/null
                    echo "$peer"
                done
                lava-sync finished
                """)),
        ];

        ProgramRun[] runs = await EndAsync(all);
        Assert.All(runs.Zip(network.Hosts), pair =>
            Assert.Equal(network.Hosts.Select(host => host.V4).Where(peer => peer != pair.Second.V4), pair.First.Output.TrimEnd('\n').Split('\n')));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task E2E4E5E6_MasterAndWaitersOfThreeHosts_InBothOrders(bool isMasterFirst, bool isAsynchronous)
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 3);
        await using ToolLab lab = await StartAsync(network, "emulab");
        lab.Variables.Remove("SYNC_NET_MEMBER");
        lab.Variables.Remove("SYNC_NET_ROSTER");
        string master = isAsynchronous ? "emulab-sync -a -i 2 -n start -e 3" : "emulab-sync -i 2 -n start -e 3";
        (NetworkHost Host, string Text)[] scripts = [(network.Hosts[0], master), (network.Hosts[1], "emulab-sync -n start"), (network.Hosts[2], "emulab-sync -n start -e 7")];
        if (!isMasterFirst) Array.Reverse(scripts);

        List<Command> all = [];
        int waiting = 0;
        foreach ((NetworkHost host, string text) in scripts)
        {
            all.Add(Script(lab, host, null, $"emulab-sync -m && echo master || echo other\nset +e\n{text}\necho $?"));
            // The next begins when this one is counted.
            bool isCredit = isAsynchronous && text == master;
            if (isCredit) await all[^1].UntilAsync("master\n0\n");
            else waiting++;
            if (all.Count < scripts.Length) await WaitingAsync(lab, network.Hosts[0], waiting);
        }

        ProgramRun[] runs = await EndAsync([.. all]);
        Assert.All(runs.Zip(scripts), pair => Assert.Equal(
            pair.Second.Host == network.Hosts[0] ? $"master\n{(isAsynchronous ? 0 : 7)}\n" : "other\n7\n", pair.First.Output));
    }

    [Fact]
    public async Task R2_HostRebootsInTheMiddle_ItsStatesSurviveAndTheOtherWaitsForItsReturn()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using ToolLab lab = await StartAsync(network, "restraint");
        (NetworkHost controller, NetworkHost machine) = (network.Hosts[0], network.Hosts[1]);
        lab.Variables["SYNC_NET_ROSTER"] = $"{controller.V4},{machine.V4}";
        Command waiter = Script(lab, controller, controller.V4, $"rstrnt-sync-block -s INSTALLED -s BOOTED {machine.V4}; echo both");

        // The whole machine is held, so that its end is seen; it waits for something of its own when the power goes.
        Command first = lab.StartOn(machine, machine.V4, "syncnet", "hold", "--", "sh", "-ec", $"rstrnt-sync-set INSTALLED; echo installed; rstrnt-sync-block -s NEVER {controller.V4}");
        Assert.Equal("installed", await first.FirstLineAsync());
        await KillAllAsync(machine);
        Assert.Equal(137, (await first.EndAsync()).ExitCode);
        ProgramRun early = await Script(lab, controller, controller.V4, $"rstrnt-sync-block -s INSTALLED --timeout 20 {machine.V4} && ! rstrnt-sync-block -s BOOTED --timeout 0.5 {machine.V4}").EndAsync();
        Assert.True(early.ExitCode == 0, early.All);

        Command second = lab.StartOn(machine, machine.V4, "syncnet", "hold", "--", "sh", "-ec", "rstrnt-sync-set BOOTED; echo booted");
        Assert.Equal("booted", await second.FirstLineAsync());

        ProgramRun[] runs = await EndAsync(waiter, second);
        Assert.Equal("both\n", runs[0].Output);
    }

    /// <summary>So many wait in Emulab's group.</summary>
    private static async Task WaitingAsync(ToolLab lab, NetworkHost host, int count)
    {
        ProgramRun run = await Script(lab, host, null, $"until test \"$(syncnet status --group emulab | grep -c ' waits in ')\" = {count}; do :; done").EndAsync();
        Assert.True(run.ExitCode == 0, run.All);
    }

    private static async Task<ToolLab> StartAsync(NetworkLab network, string profile)
    {
        ToolLab lab = await ToolLab.StartOnAsync(network.Hosts[0]);
        lab.Variables.Remove("SYNC_NET_ROSTER");
        lab.Variables["SYNC_NET_TIMEOUT"] = "50";
        await lab.InstallAsync(profile);
        return lab;
    }

    /// <summary>A script that ends at its first failure, on a host with a cache file of its own.</summary>
    private static Command Script(ToolLab lab, NetworkHost host, string? member, string text, string? role = null)
    {
        lab.Variables["SYNC_NET_CACHE"] = Path.Combine(lab.Folder, $"cache-{host.V4}");
        lab.Variables["SYNC_NET_ROLE"] = role;
        return lab.StartOn(host, member, "sh", "-ec", text);
    }

    private static async Task<ProgramRun[]> EndAsync(params Command[] scripts)
    {
        ProgramRun[] runs = await Task.WhenAll(scripts.Select(script => script.EndAsync()));
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.All));
        return runs;
    }

    /// <summary>The power of the host goes: none of its processes gets to say anything.</summary>
    private static async Task KillAllAsync(NetworkHost host)
    {
        string pids = await Shell.RunAsync($"ip netns pids {host.Namespace}");
        foreach (string pid in pids.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Signals.Kill(int.Parse(pid, CultureInfo.InvariantCulture));
    }
}
