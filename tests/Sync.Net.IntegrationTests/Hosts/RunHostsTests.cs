using System.Text.Json;
using Sync.Net.IntegrationTests.Cli;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.IntegrationTests.Workers;

namespace Sync.Net.IntegrationTests.Hosts;

/// <summary>Plans whose members are on hosts of their own, started by one command on the first of them.</summary>
public sealed class RunHostsTests
{
    /// <summary>A ring of ping-pong over any number of hosts (V7): each says ping in its turn, when all have heard the one before.</summary>
    private const string Ring =
        "for i in $(seq $NODES); do if [ \"$SYNC_NET_MEMBER\" = node$i ]; then echo ping $i; fi; syncnet barrier ping$i; done";

    private const string Server =
        "iperf -s > iperf.log 2>&1 & iperf=$!; while ! grep -q 'Server listening' iperf.log; do kill -0 $iperf; done; syncnet barrier server-started; syncnet barrier test-finished; kill $iperf";

    private const string Client =
        "syncnet barrier server-started; rate=$(iperf -c $ADDRESS -t 1 -y C | tail -1 | cut -d, -f9); syncnet result rate=$rate; syncnet barrier test-finished; test $rate -gt 0";

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task V7_RingOverHosts_EachHasThePingInItsTurn(int hosts)
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts);
        await using ToolLab lab = await ToolLab.StartAsync();
        string inventory = JsonSerializer.Serialize(network.Hosts.Select(host => new Dictionary<string, string> { ["name"] = host.V4, ["namespace"] = host.Namespace }));

        ProgramRun run = await RunAsync(lab, network, $$"""
            {
              "name": "ring", "hosts": {{inventory}},
              "roles": { "node": { "count": {{hosts}}, "run": {{JsonSerializer.Serialize(Ring)}}, "environment": { "NODES": {{hosts}}, "PATH": {{JsonSerializer.Serialize(lab.Variables["PATH"])}} } } }
            }
            """);

        Assert.True(run.ExitCode == 0, run.All);
        JsonElement results = Results(lab);
        Assert.Equal(hosts * hosts, results.GetProperty("waits").GetArrayLength());
        Assert.Equal(network.Hosts.Select(host => host.Namespace), results.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("host").GetString()));
        Assert.Equal(hosts, run.Output.Split('\n').Count(line => line.Contains("| ping ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task V7_ServerAndClientOnTwoHosts_MeasureTheNetwork()
    {
        Assert.SkipUnless(Shell.Exists("iperf"), "The members run iperf, which is not installed.");
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await RunAsync(lab, network, Pair(lab, network.Hosts[1].V4, $$"""{ "name": "h2", "namespace": "{{network.Hosts[1].Namespace}}" }"""));

        MeasuredSomething(run, lab);
    }

    /// <summary>The same plan, with the server's side over ssh.</summary>
    [Fact]
    public async Task V7_ServerOverSsh_MeasuresTheNetwork()
    {
        Assert.SkipUnless(Shell.Exists("iperf"), "The members run iperf, which is not installed.");
        await using SshLab ssh = await SshLab.CreateAsync();
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await RunAsync(
            lab, ssh.Network, Pair(lab, ssh.Target.V4, $$"""{ "name": "h2", "ssh": "{{SshLab.Host}}", "sshConfiguration": {{JsonSerializer.Serialize(ssh.Configuration)}} }"""));

        MeasuredSomething(run, lab);
    }

    [Fact]
    public async Task SshRefused_IsAnErrorOfItsMember_AndTheOtherIsCollateral()
    {
        await using SshLab ssh = await SshLab.CreateAsync();
        await using ToolLab lab = await ToolLab.StartAsync();
        string refused = Path.Combine(lab.Folder, "refused");
        await File.WriteAllTextAsync(refused, (await File.ReadAllTextAsync(ssh.Configuration, TestContext.Current.CancellationToken)).Replace("IdentityFile ", "IdentityFile /nowhere", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        ProgramRun run = await RunAsync(lab, ssh.Network, Meeting(lab, $$"""{ "name": "h2", "ssh": "{{SshLab.Host}}", "sshConfiguration": {{JsonSerializer.Serialize(refused)}} }"""));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["Error RootCause", "Fail Collateral"], Shares(lab));
        Assert.Contains($"root cause: server: it was not started: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Permission denied", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostVanishes_IsLostAfterTheLease_AndTheOtherIsCollateral()
    {
        await using SshLab ssh = await SshLab.CreateAsync();
        await using ToolLab lab = await ToolLab.StartAsync();
        Command run = await StartAsync(lab, ssh.Network, Meeting(lab, $$"""{ "name": "h2", "ssh": "{{SshLab.Host}}", "sshConfiguration": {{JsonSerializer.Serialize(ssh.Configuration)}} }""", server: "echo runs; sleep 1000"));
        await run.UntilAsync("server| runs");

        await ssh.Network.CutAsync(ssh.Target);
        ProgramRun ended = await run.EndAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(["Error RootCause", "Fail Collateral"], Shares(lab));
        Assert.Contains($"root cause: server: its host was lost: host '{SshLab.Host}' was lost: ", ended.Output, StringComparison.Ordinal);
        JsonElement wait = Results(lab).GetProperty("waits").EnumerateArray().Single();
        Assert.Equal("member-failed server", $"{wait.GetProperty("outcome").GetString()} {wait.GetProperty("culprit").GetString()}");
        Assert.StartsWith($"Barrier 'start': server failed (its host was lost: host '{SshLab.Host}' was lost: ", wait.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Two that are to meet, the server's side on a host of its own.</summary>
    private static string Meeting(ToolLab lab, string host, string server = "syncnet barrier start")
    {
        string path = JsonSerializer.Serialize(lab.Variables["PATH"]);
        return $$"""
            {
              "name": "meeting", "timeout": "50s", "lostRunnerTimeout": 3, "hosts": [ {{host}}, { "name": "h1", "local": true } ],
              "roles": {
                "server": { "device": "h2", "run": "{{server}}", "environment": { "PATH": {{path}} } },
                "client": { "device": "h1", "run": "syncnet barrier start", "environment": { "PATH": {{path}} } }
              }
            }
            """;
    }

    private static IEnumerable<string> Shares(ToolLab lab) =>
        Results(lab).GetProperty("members").EnumerateArray().Select(member => $"{member.GetProperty("verdict").GetString()} {member.GetProperty("share").GetString()}");

    private static string Pair(ToolLab lab, string address, string host)
    {
        string environment = JsonSerializer.Serialize(new Dictionary<string, string?> { ["ADDRESS"] = address, ["PATH"] = lab.Variables["PATH"] });
        return $$"""
            {
              "name": "pair", "timeout": "40s", "hosts": [ {{host}}, { "name": "h1", "local": true } ],
              "roles": {
                "server": { "device": "h2", "run": {{JsonSerializer.Serialize(Server)}}, "environment": {{environment}} },
                "client": { "device": "h1", "run": {{JsonSerializer.Serialize(Client)}}, "environment": {{environment}} }
              }
            }
            """;
    }

    private static void MeasuredSomething(ProgramRun run, ToolLab lab)
    {
        Assert.True(run.ExitCode == 0, run.All);
        Assert.True(long.Parse(Results(lab).GetProperty("members")[1].GetProperty("values").GetProperty("rate").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > 1_000_000, run.All);
    }

    private static async Task<ProgramRun> RunAsync(ToolLab lab, NetworkLab network, string plan) => await (await StartAsync(lab, network, plan)).EndAsync();

    private static async Task<Command> StartAsync(ToolLab lab, NetworkLab network, string plan)
    {
        await File.WriteAllTextAsync(Path.Combine(lab.Folder, "plan.json"), plan, TestContext.Current.CancellationToken);
        NetworkHost first = network.Hosts[0];
        return lab.StartOn(first, null, "syncnet", "run", "--listen", $"{first.V4}:0", "--output", "results", "plan.json");
    }

    private static JsonElement Results(ToolLab lab) => JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.Folder, "results", "results.json"))).RootElement;
}
