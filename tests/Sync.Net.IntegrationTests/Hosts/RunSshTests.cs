using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sync.Net.IntegrationTests.Cli;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.IntegrationTests.Workers;
using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Hosts;

/// <summary>Whole runs over real OpenSSH, each host with an sshd of its own.</summary>
public sealed partial class RunSshTests
{
    /// <summary>As docs/runner.md has it, and who says ping also says where it is.</summary>
    private const string Ring =
        "for i in $(seq $NODES); do if [ \"$SYNC_NET_MEMBER\" = node$i ]; then echo ping $i from $(ip -4 -o address show eth0 | grep -o '10[.0-9]*' | head -1); fi; syncnet barrier ping$i; done";

    /// <summary>Waits all the while, and says a line a moment until it is told to end.</summary>
    private const string Talk =
        "syncnet barrier early & early=$!; while ! syncnet status | grep -q 'talker.*early'; do :; done; i=0; while [ ! -e $STOP ]; do echo line $i; i=$((i + 1)); sleep 0.05; done; echo \"end $i\"; wait $early && syncnet barrier done";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The ring of the namespaces' test, over two sshd on two hosts that are not the runner's.</summary>
    [Fact]
    public async Task V7_RingOverSsh_EachHostHasThePingInItsTurn()
    {
        await using SshLab ssh = await SshLab.CreateAsync(targets: 2);
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await (await StartAsync(lab, ssh, $$"""
            {
              "name": "ring", "timeout": "50s", "hosts": {{Hosts(ssh)}},
              "roles": { "node": { "count": 2, "run": {{JsonSerializer.Serialize(Ring)}}, "environment": { "NODES": 2, "PATH": {{Path(lab)}} } } }
            }
            """, "--listen", "0.0.0.0:0", "--advertise", ssh.Network.Hosts[0].V4)).EndAsync();

        Assert.True(run.ExitCode == 0, run.All);
        JsonElement results = Results(lab);
        Assert.Equal("Pass", results.GetProperty("verdict").GetString());
        JsonElement[] members = [.. results.GetProperty("members").EnumerateArray()];
        Assert.Equal(["node1 target Pass 0", "node2 target2 Pass 0"], members.Select(each => $"{Text(each, "member")} {Text(each, "host")} {Text(each, "verdict")} {each.GetProperty("exitCode")}"));
        JsonElement[] waits = [.. results.GetProperty("waits").EnumerateArray()];
        Assert.Equal(
            ["ping1 node1 released", "ping1 node2 released", "ping2 node1 released", "ping2 node2 released"],
            waits.Select(each => $"{Text(each, "session")} {Text(each, "member")} {Text(each, "outcome")}").Order(StringComparer.Ordinal));
        Assert.Equal(ssh.Targets.Select((host, i) => $"ping {i + 1} from {host.V4}\n"), Enumerable.Range(1, 2).Select(number => Output(lab, number)));
    }

    /// <summary>Long enough for ssh to give the connection up, and for a silent member to be lost where no host is reached by ssh.</summary>
    [Fact]
    public async Task V6_LinkCutFor20Seconds_TheWorkerGoesOn_NoLineIsLostOrDoubled_AndTheRunPasses()
    {
        await using SshLab ssh = await SshLab.CreateAsync();
        await using ToolLab lab = await ToolLab.StartAsync();
        string stop = System.IO.Path.Combine(lab.Folder, "stop");
        Command run = await StartAsync(lab, ssh, $$"""
            {
              "name": "cut", "timeout": "90s", "hosts": [ {{string.Join(", ", Entries(ssh))}}, { "name": "here", "local": true } ],
              "roles": {
                "talker": { "device": "target", "run": {{JsonSerializer.Serialize(Talk)}}, "environment": { "STOP": {{JsonSerializer.Serialize(stop)}}, "PATH": {{Path(lab)}} } },
                "waiter": { "device": "here", "run": "while [ ! -e $STOP ]; do sleep 0.1; done; syncnet barrier early; syncnet barrier done", "environment": { "STOP": {{JsonSerializer.Serialize(stop)}}, "PATH": {{Path(lab)}} } }
              }
            }
            """);
        await run.UntilAsync("talker| line 5\n");
        int[] before = [.. ssh.Clients()];

        await ssh.Network.CutForAsync(ssh.Target, seconds: 20);

        // What comes now has come over another connection, and behind all that was said while there was none.
        await run.UntilAsync("talker| line 300\n");
        Assert.NotEmpty(before);
        Assert.DoesNotContain(ssh.Clients(), before.Contains);
        await File.WriteAllTextAsync(stop, "", Token);
        ProgramRun ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.All);
        string[] lines = Output(lab, 1).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int count = int.Parse(lines[^1].Split(' ')[1], CultureInfo.InvariantCulture);
        string[] expected = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}")), $"end {count}"];
        Assert.Equal(expected, lines);
        Assert.Equal(expected, TalkersLine().Matches(ended.Output).Select(match => match.Groups[1].Value));
        Assert.All(Results(lab).GetProperty("members").EnumerateArray(), each => Assert.Equal("Pass", Text(each, "verdict")));
        Assert.All(Results(lab).GetProperty("waits").EnumerateArray(), each => Assert.Equal("released", Text(each, "outcome")));
    }

    /// <summary>A server that is not the runner's, and a host whose clock is an hour ahead: its record is brought, and timed by the runner's clock.</summary>
    [Fact]
    public async Task L10_RecordOfAHostWithASkewedClock_IsBroughtAndCorrected()
    {
        Assert.SkipUnless(Faketime.Library is not null, "There is no libfaketime (Debian: faketime).");
        await using SshLab ssh = await SshLab.CreateAsync(setting: $"SetEnv LD_PRELOAD={Faketime.Library} FAKETIME=+1h FAKETIME_DONT_FAKE_MONOTONIC=1");
        await using ToolLab lab = await ToolLab.StartOnAsync(ssh.Network.Hosts[0]);
        await File.WriteAllTextAsync(System.IO.Path.Combine(lab.Folder, "given.txt"), "given", Token);
        Command run = await StartAsync(lab, ssh, $$"""
            {
              "name": "skewed", "timeout": "50s", "hosts": [ {{string.Join(", ", Entries(ssh))}}, { "name": "here", "local": true } ],
              "roles": {
                "far": { "device": "target", "run": "date +%s; syncnet barrier start; syncnet result there=1; tr a-z A-Z < given.txt > got.txt", "files": [ "given.txt" ], "collect": [ "got.*" ], "environment": { "PATH": {{Path(lab)}} } },
                "near": { "device": "here", "run": "syncnet barrier start", "environment": { "PATH": {{Path(lab)}} } }
              }
            }
            """, "--endpoint", lab.Variables["SYNC_NET_ENDPOINT"]!);

        ProgramRun ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.All);
        RunResult result = RunResults.Load(System.IO.Path.Combine(lab.Folder, "results"));
        TimeSpan hour = TimeSpan.FromHours(1);
        Assert.True(long.Parse(Output(lab, 1), CultureInfo.InvariantCulture) > (result.Started + hour).ToUnixTimeSeconds() - 1, "its clock is not ahead");
        ClockOffset clock = result.Members[0].Clock!;
        Assert.InRange(clock.Offset - hour, -clock.Error - TimeSpan.FromMilliseconds(50), clock.Error + TimeSpan.FromMilliseconds(50));
        Assert.Equal(["far start released", "near start released"], result.Waits.Select(static each => $"{each.Member} {each.Session} {each.Outcome}").Order(StringComparer.Ordinal));
        Assert.All(result.Waits, each => Assert.InRange(each.Began, result.Started - clock.Error, result.Ended));
        Assert.All(result.Waits, each => Assert.InRange(each.Ended!.Value, result.Started, result.Ended + clock.Error));
        Assert.Equal("1", result.Members[0].Values["there"]);
        Assert.Equal(["1/files/got.txt"], result.Members[0].Files);
        Assert.Equal("GIVEN", await File.ReadAllTextAsync(System.IO.Path.Combine(lab.Folder, "results", "1/files/got.txt"), Token));
    }

    [GeneratedRegex(@"^talker\| (.*)$", RegexOptions.Multiline)]
    private static partial Regex TalkersLine();

    private static string Hosts(SshLab ssh) => $"[ {string.Join(", ", Entries(ssh))} ]";

    private static IEnumerable<string> Entries(SshLab ssh) =>
        ssh.Names.Select(name => $$"""{ "name": "{{name}}", "sshConfiguration": {{JsonSerializer.Serialize(ssh.Configuration)}} }""");

    private static string Path(ToolLab lab) => JsonSerializer.Serialize(lab.Variables["PATH"]);

    private static string Output(ToolLab lab, int number) => File.ReadAllText(System.IO.Path.Combine(lab.Folder, "results", $"{number}", "output.log"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static JsonElement Results(ToolLab lab) => JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(lab.Folder, "results", "results.json"))).RootElement;

    private static async Task<Command> StartAsync(ToolLab lab, SshLab ssh, string plan, params string[] place)
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(lab.Folder, "plan.json"), plan, Token);
        NetworkHost first = ssh.Network.Hosts[0];
        if (place.Length == 0) place = ["--listen", $"{first.V4}:0"];
        return lab.StartOn(first, null, ["syncnet", "run", .. place, "--output", "results", "plan.json"]);
    }
}
