namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>What is read off a run's result: who held up whom, what each session cost, and what determined the end.</summary>
internal sealed class RunAnalysis
{
    private RunAnalysis(RunResult run)
    {
        Run = run;
        Lanes = Analysis.Lanes.Of(run);
        Meetings = Analysis.Meetings.Of(run);
        HoldUps = Analysis.HoldUps.Of(run, Lanes);
        Sessions = SessionCosts.Of(run, Lanes, Meetings);
        CriticalPath = new CriticalPath(run, Lanes, Meetings).Walk();
    }

    public RunResult Run { get; }

    public IReadOnlyList<Lane> Lanes { get; }

    public IReadOnlyList<Meeting> Meetings { get; }

    /// <summary>Who was waited for the longest comes first.</summary>
    public IReadOnlyList<HoldUp> HoldUps { get; }

    /// <summary>The dearest comes first.</summary>
    public IReadOnlyList<SessionCost> Sessions { get; }

    /// <summary>From the beginning of the run to its end.</summary>
    public IReadOnlyList<PathHop> CriticalPath { get; }

    /// <summary>The same for the same result: nothing but it goes in.</summary>
    public static RunAnalysis Of(RunResult run) => new(run);
}
