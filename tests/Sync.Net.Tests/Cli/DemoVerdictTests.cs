using Sync.Net.Cli.Demo;

namespace Sync.Net.Tests.Cli;

/// <summary>The demo passes only if what its members told is what a correct run is.</summary>
public sealed class DemoVerdictTests
{
    private static readonly string[] Sessions = [DemoMember.ServerUp, DemoMember.Setup, DemoMember.TestDone];

    private static DemoEnd[] Ends => [.. DemoMember.Roster.Select(member => new DemoEnd(member, 0, ""))];

    [Fact]
    public void Faults_CorrectRun_AreNone() => Assert.Empty(DemoVerdict.Faults(Ends, CorrectRun()));

    [Fact]
    public void Faults_AMemberFailed_SaysWhich() => AssertFault("beta ended with 1", [Ends[0], Ends[1] with { ExitCode = 1 }, Ends[2]], CorrectRun());

    [Fact]
    public void Faults_AMemberWasNotStarted_SaysWhich() => AssertFault("gamma was not started", Ends[..2], CorrectRun());

    [Fact]
    public void Faults_OneProcessForTwoMembers_SaysSo() => AssertFault(
        "processes of their own",
        Ends,
        CorrectRun().Select(told => told.Step == DemoStep.Started ? told with { ProcessId = 1 } : told));

    [Fact]
    public void Faults_SomebodyPassedBeforeTheLastArrived_SaysWhere() => AssertFault(
        "passed 'server-up' before all had arrived",
        Ends,
        Changed(DemoStep.Arrives, DemoMember.ServerUp, "gamma", told => told with { At = told.At + 1000 }));

    [Fact]
    public void Faults_OneDidNotMeet_SaysWhere() => AssertFault(
        "not all met in 'test-done'",
        Ends,
        CorrectRun().Where(told => (told.Step, told.Session, told.Member) != (DemoStep.Met, DemoMember.TestDone, "beta")));

    [Fact]
    public void Faults_OneTellsAnotherGeneration_SaysWhere() => AssertFault(
        "do not tell the same of 'test-done'",
        Ends,
        Changed(DemoStep.Met, DemoMember.TestDone, "beta", told => told with { Generation = 2 }));

    [Fact]
    public void Faults_OneGotAnotherValue_SaysWhere() => AssertFault(
        "not everybody got what all had given in 'setup'",
        Ends,
        Changed(DemoStep.Met, DemoMember.Setup, "beta", told => told with { Received = new(told.Received!) { ["alpha"] = "something else" } }));

    private static void AssertFault(string fault, IReadOnlyList<DemoEnd> ends, IEnumerable<DemoEvent> events) =>
        Assert.Contains(DemoVerdict.Faults(ends, [.. events]), told => told.Contains(fault, StringComparison.Ordinal));

    private static IEnumerable<DemoEvent> Changed(DemoStep step, string session, string member, Func<DemoEvent, DemoEvent> change) =>
        CorrectRun().Select(told => (told.Step, told.Session, told.Member) == (step, session, member) ? change(told) : told);

    private static List<DemoEvent> CorrectRun()
    {
        Dictionary<string, string> values = DemoMember.Roster.ToDictionary(member => member, member => $"of {member}");
        List<DemoEvent> events = [];
        Tell(member => new DemoEvent { Step = DemoStep.Started, Member = member, At = events.Count, ProcessId = 100 + events.Count });
        foreach (string session in Sessions)
        {
            bool gives = session == DemoMember.Setup;
            Tell(member => new DemoEvent
            {
                Step = DemoStep.Arrives,
                Member = member,
                At = events.Count,
                Session = session,
                Given = gives ? values[member] : null,
            });
            Tell(member => new DemoEvent
            {
                Step = DemoStep.Met,
                Member = member,
                At = events.Count,
                Session = session,
                Generation = 1,
                Count = 3,
                Straggler = "gamma",
                Received = gives ? values : null,
            });
        }

        Tell(member => new DemoEvent { Step = DemoStep.Done, Member = member, At = events.Count });
        return events;

        void Tell(Func<string, DemoEvent> make)
        {
            foreach (string member in DemoMember.Roster) events.Add(make(member));
        }
    }
}
