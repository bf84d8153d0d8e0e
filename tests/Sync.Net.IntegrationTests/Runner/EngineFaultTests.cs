using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Runner;

/// <summary>What goes wrong in real processes: the verdicts, the shares and the texts.</summary>
public sealed class EngineFaultTests
{
    [Fact]
    public async Task X6_ExitsWith0TooEarly_IsTheRootCause()
    {
        await using EngineLab lab = new();
        lab.Add("a", "exit 0");
        lab.Add("b", "syncnet sync ready");

        RunResult result = await lab.RunAsync();

        Assert.Equal(
            "a: Fail, RootCause, it ended (exit code 0) too early: b still waited for it in message 'ready'\nb: Fail, Collateral, exit code 82",
            EngineLab.Summary(result));
        Assert.Equal((Verdict.Fail, "a: it ended (exit code 0) too early: b still waited for it in message 'ready'"), (result.Verdict, result.Reason));
        WaitRecord wait = Assert.Single(result.Waits);
        Assert.Equal(("member-left", "a"), (wait.Outcome, wait.Culprit));
        Assert.Equal(["a"], wait.Missing);
    }

    [Fact]
    public async Task X6_ExitsWith1_EndsTheWaitForItAtOnce()
    {
        await using EngineLab lab = new();
        lab.Add("a", "syncnet wait go; exit 1");
        lab.Add("b", "syncnet send go; syncnet sync ready");

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Fail, RootCause, exit code 1\nb: Fail, Collateral, exit code 83", EngineLab.Summary(result));
        WaitRecord wait = result.Waits.Single(each => each.Act == "sync");
        Assert.Equal(("member-failed", "a", false), (wait.Outcome, wait.Culprit, wait.IsMet));
        Assert.StartsWith("Message 'ready': a failed (exit code 1); 1 of 2 had arrived after ", wait.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_AHangingMember_IsTheRootCauseAndWhoWaitsForItCollateral()
    {
        await using EngineLab lab = new();
        lab.Run.Timeout = TimeSpan.FromSeconds(4);
        lab.Add("a", "sleep 1000");
        lab.Add("b", "syncnet sync ready");

        RunResult result = await lab.RunAsync();

        Assert.Equal(
            "a: Interrupted, RootCause, the run's timeout of 4 s was over\n"
            + "b: Interrupted, Collateral, the run's timeout of 4 s was over while it waited in message 'ready' for a",
            EngineLab.Summary(result));
        Assert.Equal((Verdict.Interrupted, "a: the run's timeout of 4 s was over"), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task Timeout_OfAMember_EndsItAndIsToldToWhoWaits()
    {
        await using EngineLab lab = new();
        lab.Add(new RunMember("a") { Command = ["sleep", "1000"], Timeout = TimeSpan.FromSeconds(3) });
        lab.Add("b", "syncnet sync ready");

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Interrupted, RootCause, its timeout of 3 s was over\nb: Fail, Collateral, exit code 83", EngineLab.Summary(result));
        Assert.Contains("a failed (its timeout of 3 s was over)", Assert.Single(result.Waits).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_ThatKillsAWorker_IsNamed()
    {
        await using EngineLab lab = new();
        lab.Add("a", "kill -KILL $$");

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Fail, RootCause, it was killed by signal 9 (SIGKILL)", EngineLab.Summary(result));
        Assert.Equal((null, 9), (result.Members[0].ExitCode, result.Members[0].Signal));
        Assert.Equal("137\n", lab.Read("1/exit-code"));
    }

    [Fact]
    public async Task Command_NotFound_IsAnErrorThatNamesIt()
    {
        await using EngineLab lab = new();
        lab.Add(new RunMember("a") { Command = ["no-such-program"] });
        lab.Add("b", "syncnet sync ready");

        RunResult result = await lab.RunAsync();

        Assert.Equal(
            "a: Error, RootCause, it was not started: Member 'a': there is no program 'no-such-program' here. Give its path, or a PATH that holds it\n"
            + "b: Fail, Collateral, exit code 83",
            EngineLab.Summary(result));
        Assert.Equal(Verdict.Error, result.Verdict);
        Assert.Null(result.Members[0].Started);
    }

    [Fact]
    public async Task L8_EssentialMemberFails_EndsTheOthersAndTheirProcesses()
    {
        await using EngineLab lab = new();
        lab.Add(new RunMember("s") { Role = "server", Essential = true, Command = ["sh", "-c", "syncnet wait up; exit 5"], WorkingFolder = lab.Work });
        lab.Add("c", "echo $$; syncnet send up; sleep 1000");

        RunResult result = await lab.RunAsync();

        Assert.Equal(
            "s: Fail, RootCause, exit code 5\n"
            + "c: Interrupted, Collateral, the run was over, because s of the essential role server failed (exit code 5)",
            EngineLab.Summary(result));
        Assert.Equal((Verdict.Fail, "s: exit code 5"), (result.Verdict, result.Reason));
        Assert.False(Directory.Exists($"/proc/{lab.Read("2/output.log").Trim()}"));
    }

    [Fact]
    public async Task L9_StartConditionOfAMemberThatFailed_IsNotReached()
    {
        await using EngineLab lab = new();
        lab.Add("a", "exit 1");
        lab.Add(new RunMember("b") { Command = ["true"], StartAfter = StartCondition.AfterMessage("go") });

        RunResult result = await lab.RunAsync();

        Assert.Equal(
            "a: Fail, RootCause, exit code 1\n"
            + "b: Error, NotReached, it was not started: it was to start when somebody had sent 'go', and nobody is left who could do that",
            EngineLab.Summary(result));
        Assert.Equal((Verdict.Fail, "a: exit code 1"), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task Line_WithoutAnEnd_IsCutWhereItIsShown()
    {
        await using EngineLab lab = new();
        lab.Add("a", "head -c 200000 /dev/zero | tr '\\0' x");

        RunResult result = await lab.RunAsync();

        Assert.True(result.Passed, EngineLab.Summary(result));
        WorkerLine line = Assert.Single(lab.Events.OfType<WorkerLine>());
        Assert.Equal(new string('x', 65536) + "…", line.Text);
        Assert.Equal(200000, lab.Read("1/output.log").Length);
    }

    [Fact]
    public async Task V8_ChangedVerdict_CountsInTheTotalOfProcesses()
    {
        await using EngineLab lab = new();
        lab.Add("a", "exit 77");

        RunResult result = await lab.RunAsync((member, _) =>
        {
            if (member.ExitCode == 77) member.ChangeVerdict(Verdict.Skip, "it asks to be left out");
            return ValueTask.CompletedTask;
        });

        Assert.Equal("a: Skip, None, it asks to be left out", EngineLab.Summary(result));
        Assert.Equal(Verdict.Skip, result.Verdict);
    }

    [Fact]
    public async Task Add_WhileAnOpenRunGoesOn_StartsTheProcess()
    {
        await using EngineLab lab = new();
        lab.Run.IsOpen = true;
        lab.Add("a", "syncnet wait more");
        lab.Run.Progress = happened =>
        {
            if (happened is WaitBegan { Wait.Session: "more" }) lab.Add("b", "syncnet send more");
        };

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Pass, None\nb: Pass, None", EngineLab.Summary(result));
    }
}
