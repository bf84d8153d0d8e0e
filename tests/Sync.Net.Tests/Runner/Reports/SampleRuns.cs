using System.Globalization;
using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner.Reports;

/// <summary>Runs that tests of reports share.</summary>
internal static class SampleRuns
{
    /// <summary>Names that would do harm where they are not escaped.</summary>
    public static readonly string[] HostileNames =
    [
        "</script><script>document.title='owned'</script>",
        "\"><img src=x onerror=document.title='owned'>",
        "a # TODO b\nnot ok 99 - c\\",
        "\0\u0001\u001b[31m\u0085\uFFFE",
        "abc\u202Efed\u2066x",
        "half \uD800 pair",
        "]]>&amp;<!--",
        new string('n', 5000),
    ];

    /// <summary>A server that takes 2 s to come up, and a client that tests for 6 s.</summary>
    public static RunResult Pair() => new RunSketch("netperf")
        .Member("server", "server", "alpha", 0, 8.5, command: "netserver -D", clock: new ClockOffset(TimeSpan.FromMilliseconds(12.5), TimeSpan.FromMilliseconds(0.4)))
        .Member("client", "client", "beta", 0.5, 8.75, command: "netperf -H alpha", values: new Dictionary<string, string> { ["throughput"] = "941.2" })
        .Change("server", 0.1, MemberState.Joined)
        .Change("client", 0.6, MemberState.Joined)
        .Met("client", 0.75, 2, "server-started", "server")
        .Met("server", 2, 2, "server-started", "server")
        .Met("server", 2.5, 8, "test-finished", "client")
        .Met("client", 8, 8, "test-finished", "client")
        .Ends(9);

    /// <summary>client2 dies in its work; server and client1 fail with it, client3 is never started.</summary>
    public static RunResult Lost() => new RunSketch("nightly")
        .Member("server", "server", "alpha", 0, 31, Verdict.Fail, "it waited for client2, which was lost", FailureShare.Collateral, exit: 81)
        .Member("client1", "client", "beta", 0, 30.5, Verdict.Fail, "it waited for client2, which was lost", FailureShare.Collateral, exit: 81)
        .Member("client2", "client", "gamma", 1, 20, Verdict.Fail, "killed by signal 9", FailureShare.RootCause, signal: 9, clock: new ClockOffset(TimeSpan.FromSeconds(-3.25), TimeSpan.FromMilliseconds(1.5)))
        .Member("client3", "client", "gamma", null, null, Verdict.Skip, "message 'go' was never sent", FailureShare.NotReached)
        .Change("client1", 0.5, MemberState.Joined)
        .Change("client2", 1.5, MemberState.Joined)
        .Change("client1", 4, MemberState.Lost, "its connection was reset")
        .Change("client1", 6, MemberState.Joined, "a new incarnation")
        .Met("server", 1, 12, "start", "client1")
        .Met("client2", 3, 12, "start", "client1")
        .Met("client1", 12, 12, "start", "client1")
        .Met("server", 13, 16, "ready", "client2", 0, "message", "wait-all")
        .Unmet("client1", 14, 16, "probe", "withdrawn", missing: ["client3"])
        .Unmet("server", 18, 30, "done", "member-lost", "client2", ["client2"], "Barrier 'done': member client2 was lost.")
        .Unmet("client1", 22, 30, "done", "member-lost", "client2", ["client2"], "Barrier 'done': member client2 was lost.")
        .Change("client2", 30, MemberState.Lost, "silent for 10 s")
        .Unmet("client1", 30.2, null, "cleanup", "open", missing: ["client2", "2 more to wait"])
        .Change("server", 31, MemberState.Failed, "exit code 81")
        .Ends(31, Verdict.Fail, "client2: killed by signal 9");

    /// <summary>Each hostile name as everything that a name or a text can be.</summary>
    public static RunResult Hostile()
    {
        RunSketch sketch = new(HostileNames[0]);
        foreach (string name in HostileNames)
        {
            sketch.Member(name, name, name, 0, 3, Verdict.Fail, name, FailureShare.RootCause, exit: 1, command: name, values: new Dictionary<string, string> { [name] = name });
            sketch.Change(name, 1, MemberState.Lost, name);
            sketch.Met(name, 1, 2, name, HostileNames[0], 1, name, name);
            sketch.Unmet(name, 2, 3, name, name, name, [name], name, 2, name, name);
            sketch.Unmet(name, 2.5, 3, name, "withdrawn", name, [name], name, 3, name, name);
        }
        return sketch.Ends(3, Verdict.Fail, HostileNames[1]);
    }

    /// <summary>Members that meet again and again, each in turn the last.</summary>
    public static RunResult Crowd(int members, int sessions)
    {
        RunSketch sketch = new(string.Create(CultureInfo.InvariantCulture, $"{members} members, {sessions} sessions"));
        for (int m = 0; m < members; m++) sketch.Member(Name(m), m % 8 == 0 ? "server" : "client", string.Create(CultureInfo.InvariantCulture, $"host{m % 10}"), 0, sessions + 1);
        for (int s = 0; s < sessions; s++)
        {
            int last = s * 7 % members;
            for (int m = 0; m < members; m++)
            {
                double arrives = m == last ? s + 0.9 : s + 0.1 + ((m * 31 + s * 17) % 97 / 200.0);
                bool fails = s == sessions - 1 && m % 5 == 0 && m != last;
                if (fails) sketch.Unmet(Name(m), arrives, s + 0.9, "round", "timeout", missing: [Name(last)], text: "not met in time", generation: s + 1);
                else sketch.Met(Name(m), arrives, s + 0.9, "round", Name(last), s + 1);
            }
        }
        return sketch.Ends(sessions + 1);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"node{number:000}");
}
