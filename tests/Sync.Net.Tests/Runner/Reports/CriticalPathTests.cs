using CsCheck;
using Sync.Net.Runner;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Tests.Runner.Reports;

/// <summary>What determined the end, hop by hop.</summary>
public sealed class CriticalPathTests
{
    private static (string, bool, double, double)[] PathOf(RunResult run) =>
    [
        .. RunAnalysis.Of(run).CriticalPath
            .Select(hop => (hop.Member, hop.Waits, (hop.From - RunSketch.Start).TotalSeconds, (hop.To - RunSketch.Start).TotalSeconds)),
    ];

    [Fact]
    public void Pair_GoesOverTheServersStartAndTheClientsTest()
    {
        Assert.Equal([("server", false, 0, 2), ("client", false, 2, 8.75)], PathOf(SampleRuns.Pair()));
        Assert.Equal(
            [
                "server worked 2 s, from the beginning of the run, until it came last to barrier 'server-started' #1; client waited 1.25 s for it.",
                "client worked 6.75 s, released from barrier 'server-started' #1, until it ended with exit code 0, the last of all.",
            ],
            RunAnalysis.Of(SampleRuns.Pair()).CriticalPath.Select(hop => hop.Text));
    }

    [Fact]
    public void LostMember_ItsWorkAndTheTimeUntilItsLossWasNoticedAreOnThePath()
    {
        Assert.Equal(
            [("client1", false, 0, 12), ("client2", false, 12, 20), ("server", true, 20, 30), ("server", false, 30, 31)],
            PathOf(SampleRuns.Lost()));
        Assert.Equal(
            "server waited 10 s in barrier 'done' #1 in vain: member-lost, because of client2; missing: client2.",
            RunAnalysis.Of(SampleRuns.Lost()).CriticalPath[2].Text);
    }

    [Fact]
    public void Timeout_IsItselfOnThePath()
    {
        RunResult run = new RunSketch("r")
            .Member("a", from: 0, to: 12).Member("b", from: 0, to: 3)
            .Unmet("a", 2, 11, "x", "timeout", missing: ["b"])
            .Ends(12, Verdict.Fail);

        Assert.Equal([("a", false, 0, 2), ("a", true, 2, 11), ("a", false, 11, 12)], PathOf(run));
    }

    [Fact]
    public void MemberOpenAtTheEnd_IsCutOffThere()
    {
        RunResult run = new RunSketch("r").Member("a", from: 1, to: 9, verdict: Verdict.Interrupted).Unmet("a", 4, null, "x", "open", missing: ["b"]).Ends(10);

        Assert.Equal([("a", false, 1, 4), ("a", true, 4, 9)], PathOf(run));
    }

    [Fact]
    public void MessageOfSomebodyWhoDoesNotWait_GoesOverItsSender()
    {
        RunResult run = new RunSketch("r")
            .Member("a", from: 0, to: 10).Member("b", from: 2, to: 7)
            .Met("a", 1, 6, "go", "b", 0, "message", "wait")
            .Ends(10);

        Assert.Equal([("b", false, 2, 6), ("a", false, 6, 10)], PathOf(run));
        Assert.StartsWith("b worked 4 s, started 2 s after the run began, until it came last to message 'go' wait;", RunAnalysis.Of(run).CriticalPath[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WaitsThatWereShortOrForOneself_AreNoHops()
    {
        RunResult run = new RunSketch("r")
            .Member("a", to: 10).Member("b", to: 4)
            .Met("a", 2, 2, "x", "b", 1).Met("a", 3, 3.5, "y", "a", 1)
            .Ends(10);

        Assert.Equal([("a", false, 0, 10)], PathOf(run));
    }

    [Fact]
    public void UnknownStraggler_IsWaitedForOnThePath()
    {
        RunResult run = new RunSketch("r").Member("a", to: 10).Met("a", 2, 5, "x", null, 0, "message", "wait").Ends(10);

        Assert.Equal([("a", false, 0, 2), ("a", true, 2, 5), ("a", false, 5, 10)], PathOf(run));
    }

    [Fact]
    public void AnyRun_ThePathEndsNoHopBeforeTheNextBeginsAndIsInOrder() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Double[0, 50], Gen.Double[0, 20], Gen.Int[0, 5], Gen.Int[0, 4]).Array[0, 40].Sample(steps =>
        {
            RunSketch sketch = new("r");
            for (int m = 0; m < 4; m++) sketch.Member(Name(m), from: m, to: 60 + m);
            foreach ((int member, int other, double began, double took, int how, int generation) in steps)
            {
                string? straggler = other == 4 ? null : Name(other);
                if (how < 4) sketch.Met(Name(member), began, began + took, "x", straggler, generation);
                else if (how == 4) sketch.Unmet(Name(member), began, began + took, "y", "member-lost", straggler);
                else sketch.Unmet(Name(member), began, null, "z", "open");
            }

            (string Member, bool Waits, double From, double To)[] path = PathOf(sketch.Ends(64));

            Assert.Equal(63, path[^1].To);
            Assert.All(path, hop => Assert.True(hop.From < hop.To));
            Assert.All(path.Zip(path.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
        });

    private static string Name(int number) => "abcd"[number].ToString();
}
