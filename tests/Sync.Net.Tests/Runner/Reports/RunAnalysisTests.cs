using Sync.Net.Runner;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Tests.Runner.Reports;

/// <summary>Who held up whom, what sessions cost, and who was released together: exactly.</summary>
public sealed class RunAnalysisTests
{
    [Fact]
    public void Lanes_AreByRoleThenNumber_WithStrangersLast()
    {
        RunResult run = new RunSketch("r")
            .Member("c1", "client").Member("s", "server").Member("c2", "client")
            .Met("guest", 2, 3, "x").Change("ghost", 1, MemberState.Joined)
            .Ends(5);

        IReadOnlyList<Lane> lanes = RunAnalysis.Of(run).Lanes;

        Assert.Equal(["c1", "c2", "s", "guest", "ghost"], lanes.Select(lane => lane.Member));
        Assert.Equal((RunSketch.At(2), RunSketch.At(3)), (lanes[3].Began, lanes[3].Ended));
        Assert.Null(lanes[3].Result);
        Assert.Equal([0], lanes[3].Waits);
    }

    [Fact]
    public void Lanes_MemberThatNeverStarted_HasNoWork()
    {
        Lane lane = RunAnalysis.Of(SampleRuns.Lost()).Lanes.Single(l => l.Member == "client3");

        Assert.Null(lane.Began);
        Assert.Null(lane.Ended);
    }

    [Fact]
    public void Meetings_AreByGeneration_AndByInstantWhereThereAreNone()
    {
        RunResult run = new RunSketch("r")
            .Member("a").Member("b").Member("c")
            .Met("a", 0, 2, "x", "b", 1).Met("b", 2, 2, "x", "b", 1)
            .Met("a", 3, 5, "x", "c", 2).Met("c", 5, 5.001, "x", "c", 2)
            .Met("a", 6, 8, "m", "c", 0, "message", "wait").Met("b", 7, 8, "m", "c", 0, "message", "wait").Met("b", 9, 10, "m", "a", 0, "message", "wait")
            .Unmet("c", 6, 9, "x", "timeout", generation: 1)
            .Ends(10);

        IReadOnlyList<Meeting> meetings = RunAnalysis.Of(run).Meetings;

        Assert.Equal([[0, 1], [2, 3], [4, 5], [6]], meetings.Select(m => m.Waits));
        Assert.Equal(["b", "c", "c", "a"], meetings.Select(m => m.Straggler));
        Assert.Equal([2, 5.001, 8, 10], meetings.Select(m => (m.At - RunSketch.Start).TotalSeconds));
    }

    [Fact]
    public void HoldUps_MetWaitsCountForTheStraggler_OthersForTheCulpritOrEachMissing()
    {
        RunResult run = new RunSketch("r")
            .Member("a").Member("b").Member("c")
            .Met("a", 0, 4, "x", "c").Met("b", 1, 4, "x", "c").Met("c", 4, 4.5, "x", "c")
            .Unmet("a", 5, 7, "y", "member-lost", culprit: "b", missing: ["b", "c"])
            .Unmet("a", 8, 18, "z", "timeout", missing: ["b", "c", "2 more to wait"])
            .Ends(18);

        IReadOnlyList<HoldUp> held = RunAnalysis.Of(run).HoldUps;

        Assert.Equal(["c", "b"], held.Select(h => h.Member));
        Assert.Equal((7, 10, 3), (held[0].Waited.TotalSeconds, held[0].InVain.TotalSeconds, held[0].Waits));
        Assert.Equal((0, 12, 2), (held[1].Waited.TotalSeconds, held[1].InVain.TotalSeconds, held[1].Waits));
        Assert.Equal([new HeldUp("a", TimeSpan.FromSeconds(14)), new HeldUp("b", TimeSpan.FromSeconds(3))], held[0].Waiters);
    }

    [Fact]
    public void Sessions_HostTimeCountsWhatMembersOfOneHostWaitAtOnceOnce()
    {
        RunResult run = new RunSketch("r")
            .Member("a", host: "one").Member("b", host: "one").Member("c", host: "two")
            .Met("a", 0, 6, "x", "c", 1).Met("b", 2, 6, "x", "c", 1).Met("c", 6, 6, "x", "c", 1)
            .Met("a", 10, 11, "x", "b", 2).Met("c", 7, 11, "x", "b", 2).Met("b", 11, 11, "x", "b", 2)
            .Unmet("a", 12, null, "y", "open")
            .Ends(13);

        IReadOnlyList<SessionCost> sessions = RunAnalysis.Of(run).Sessions;

        Assert.Equal(["x", "y"], sessions.Select(s => s.Session));
        SessionCost cost = sessions[0];
        Assert.Equal((15, 11), (cost.MemberTime.TotalSeconds, cost.HostTime.TotalSeconds));
        Assert.Equal((2, 6, 0), (cost.Uses, cost.Waits, cost.NotMet));
        Assert.Equal((6, "a"), (cost.Longest.TotalSeconds, cost.LongestMember));
        Assert.Equal(("b", 1), (cost.MostOftenLast, cost.TimesLast));
        Assert.Equal((1, 1, 1), (sessions[1].Waits, sessions[1].NotMet, sessions[1].HostTime.TotalSeconds));
        Assert.Null(sessions[1].MostOftenLast);
    }

    [Fact]
    public void WaitThatEndsBeforeItBegan_CountsAsNothing()
    {
        RunResult run = new RunSketch("r").Member("a").Member("b").Met("a", 5, 4, "x", "b").Ends(6);

        RunAnalysis analysis = RunAnalysis.Of(run);

        Assert.Empty(analysis.HoldUps);
        Assert.Equal(TimeSpan.Zero, analysis.Sessions[0].MemberTime);
    }

    [Fact]
    public void Rows_OverlappingWaitsOfOneMember_LieInRowsOfTheirOwn_AndWorkIsBetween()
    {
        RunResult run = new RunSketch("r")
            .Member("a", from: 1, to: 20)
            .Met("a", 2, 8, "x").Met("a", 3, 5, "y").Met("a", 6, 7, "z").Met("a", 8, 9, "x", generation: 2).Met("a", 12, 13, "x", generation: 3)
            .Ends(20);

        LaneRows rows = LaneRows.Of(run, RunAnalysis.Of(run).Lanes[0]);

        Assert.Equal([0, 1, 1, 0, 0], rows.Row);
        Assert.Equal(2, rows.Count);
        Assert.Equal([(1, 2), (9, 12), (13, 20)], rows.Work.Select(w => ((w.From - RunSketch.Start).TotalSeconds, (w.To - RunSketch.Start).TotalSeconds)));
    }

    [Fact]
    public void EmptyRun_HasNothing()
    {
        RunAnalysis analysis = RunAnalysis.Of(new RunSketch("r").Ends(0));

        Assert.Empty(analysis.Lanes);
        Assert.Empty(analysis.CriticalPath);
        Assert.Empty(analysis.HoldUps);
    }
}
