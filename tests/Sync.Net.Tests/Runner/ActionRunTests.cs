using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner;

/// <summary>Runs whose members are actions of this process, over the runner's real server.</summary>
public sealed class ActionRunTests : BoundedTest
{
    private readonly MultiHostRun _run = new("actions");

    [Fact]
    public async Task RunAsync_AllMeet_PassesWithEveryWaitAndItsStraggler()
    {
        Add("a", (group, token) => group.Barrier("start").RendezvousAsync(token));
        Add("b", (group, token) => group.Barrier("start").RendezvousAsync(token));

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.Null(result.Reason);
        Assert.Equal(["a", "b"], result.Members.Select(each => each.Member));
        Assert.All(result.Members, each => Assert.Equal((Verdict.Pass, FailureShare.None), (each.Verdict, each.Share)));
        WaitRecord[] waits = [.. result.Waits];
        Assert.Equal(["a", "b"], waits.Select(each => each.Member).Order());
        Assert.All(waits, each => Assert.Equal(("barrier", "start", "meet", 1L, true, "released"), (each.Kind, each.Session, each.Act, each.Generation, each.IsMet, each.Outcome)));
        Assert.All(waits, each => Assert.Equal(waits[1].Member, each.Straggler));
        Assert.Equal(["Joined", "Left"], result.Changes.Where(each => each.Member == "a").Select(each => each.State.ToString()));
    }

    [Fact]
    public async Task RunAsync_OneThrows_IsTheRootCauseAndTheOtherCollateral()
    {
        Add("a", (_, _) => throw new InvalidOperationException("no disk"));
        Add("b", (group, token) => group.Barrier("start", ["a", "b"]).RendezvousAsync(token));

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Equal("a: InvalidOperationException: no disk", result.Reason);
        Assert.Equal([(Verdict.Fail, FailureShare.RootCause), (Verdict.Fail, FailureShare.Collateral)], result.Members.Select(each => (each.Verdict, each.Share)));
        Assert.Contains("a failed (InvalidOperationException: no disk)", result.Members[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task V8_ChangedVerdict_CountsInTheTotal()
    {
        Add("a", (_, _) => throw new InvalidOperationException("flaky"));
        List<string> told = [];

        RunResult result = await _run.RunAsync(
            (member, _) =>
            {
                told.Add($"{member.Member} {member.Verdict}");
                member.ChangeVerdict(Verdict.Warn, "known to be flaky");
                return ValueTask.CompletedTask;
            },
            Token);

        Assert.Equal(["a Fail"], told);
        Assert.Equal(Verdict.Warn, result.Verdict);
        Assert.Equal((Verdict.Warn, "known to be flaky", FailureShare.None), (result.Members[0].Verdict, result.Members[0].Reason, result.Members[0].Share));
    }

    [Fact]
    public async Task X6_OneLeavesBeforeItIsWaitedFor_FailsForHavingLeftTooEarly()
    {
        Add("a", (_, _) => Task.CompletedTask);
        Add("b", (group, token) => group.Barrier("start", ["a", "b"]).RendezvousAsync(token));

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal([(Verdict.Fail, FailureShare.RootCause), (Verdict.Fail, FailureShare.Collateral)], result.Members.Select(each => (each.Verdict, each.Share)));
        Assert.Equal("it ended (exit code 0) too early: b still waited for it in barrier 'start'", result.Members[0].Reason);
        Assert.Equal("a: it ended (exit code 0) too early: b still waited for it in barrier 'start'", result.Reason);
    }

    [Fact]
    public async Task L9_StartConditions_AreMetInTheirOrder()
    {
        List<string> started = [];
        _run.Progress = each =>
        {
            if (each is WorkerBegan began) started.Add(began.Member);
        };
        _run.Add(new RunMember("c") { Action = (_, _) => Task.CompletedTask, StartAfter = StartCondition.AfterMember("b") });
        _run.Add(new RunMember("b") { Action = (_, _) => Task.CompletedTask, StartAfter = StartCondition.AfterMessage("go", "first") with { Delay = TimeSpan.FromMilliseconds(20) } });
        _run.Add(new RunMember("a") { Role = "first", Action = (group, token) => group.SendAsync("go", token) });

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.Equal(["a", "b", "c"], started);
    }

    [Fact]
    public async Task L9_ConditionsInACircle_AreNotReachedAndNeverPass()
    {
        _run.Add(new RunMember("a") { Action = (_, _) => Task.CompletedTask, StartAfter = StartCondition.AfterMember("b") });
        _run.Add(new RunMember("b") { Action = (_, _) => Task.CompletedTask, StartAfter = StartCondition.AfterMember("a") });

        RunResult result = await _run.RunAsync(Token);

        Assert.False(result.Passed);
        Assert.All(result.Members, each => Assert.Equal((Verdict.Error, FailureShare.NotReached), (each.Verdict, each.Share)));
        Assert.Equal("it was not started: it was to start when b had joined, and b waits for its own start", result.Members[0].Reason);
    }

    [Fact]
    public async Task L9_MessageThatNobodySends_IsNotReached()
    {
        Add("a", (_, _) => Task.CompletedTask);
        _run.Add(new RunMember("b") { Action = (_, _) => Task.CompletedTask, StartAfter = StartCondition.AfterMessage("og") });

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal([(Verdict.Pass, FailureShare.None), (Verdict.Error, FailureShare.NotReached)], result.Members.Select(each => (each.Verdict, each.Share)));
        Assert.Equal("it was not started: it was to start when somebody had sent 'og', and nobody is left who could do that", result.Members[1].Reason);
    }

    [Fact]
    public async Task L8_EssentialRole_EndsTheOthers()
    {
        _run.Add(new RunMember("s") { Role = "server", Essential = true, Action = (_, _) => throw new InvalidOperationException("no port") });
        Add("c", (_, token) => Task.Delay(Timeout.Infinite, token));

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal([(Verdict.Fail, FailureShare.RootCause), (Verdict.Interrupted, FailureShare.Collateral)], result.Members.Select(each => (each.Verdict, each.Share)));
        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Equal("the run was over, because s of the essential role server failed (InvalidOperationException: no port)", result.Members[1].Reason);
    }

    [Fact]
    public async Task RunAsync_Cancelled_IsInterruptedAndBlamesNobody()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Add("a", async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });

        RunResult result = await _run.RunAsync(stop.Token);

        Assert.Equal((Verdict.Interrupted, "the run was interrupted by its caller"), (result.Verdict, result.Reason));
        Assert.Equal((Verdict.Interrupted, FailureShare.None), (result.Members[0].Verdict, result.Members[0].Share));
    }

    [Fact]
    public async Task Timeout_OneHangsAndOneWaitsForIt_TheHangingOneIsTheRootCause()
    {
        _run.Timeout = TimeSpan.FromSeconds(1);
        Add("a", (_, token) => Task.Delay(Timeout.Infinite, token));
        Add("b", (group, token) => group.Barrier("start", ["a", "b"]).RendezvousAsync(token));

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal([(Verdict.Interrupted, FailureShare.RootCause), (Verdict.Interrupted, FailureShare.Collateral)], result.Members.Select(each => (each.Verdict, each.Share)));
        Assert.Equal("a: the run's timeout of 1 s was over", result.Reason);
        Assert.Equal("the run's timeout of 1 s was over while it waited in barrier 'start' for a", result.Members[1].Reason);
    }

    [Fact]
    public async Task V5_AddWhileAnOpenRunGoesOn_RunsTheNewMemberToo()
    {
        _run.IsOpen = true;
        Add("a", (_, _) => Task.CompletedTask);

        RunResult result = await _run.RunAsync(
            (member, _) =>
            {
                if (member.Member == "a") Add("b", (_, _) => Task.CompletedTask);
                return ValueTask.CompletedTask;
            },
            Token);

        Assert.Equal(["a", "b"], result.Members.Select(each => each.Member));
        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.Throws<InvalidOperationException>(() => Add("c", (_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task OnResult_Throws_EndsTheRunAndIsThrown()
    {
        Add("a", (_, _) => Task.CompletedTask);
        Add("b", (_, token) => Task.Delay(Timeout.Infinite, token));

        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _run.RunAsync((_, _) => throw new InvalidOperationException("mine"), Token));

        Assert.Equal("mine", thrown.Message);
    }

    [Fact]
    public async Task V8_ResultsOfMembers_AreTheirLastValues()
    {
        Add("a", async (group, token) =>
        {
            await group.SendAsync("syncnet.result", new Dictionary<string, string> { ["rate"] = "1", ["unit"] = "MB/s" }, cancellationToken: token);
            await group.SendAsync("syncnet.result", new Dictionary<string, string> { ["rate"] = "2" }, cancellationToken: token);
        });

        RunResult result = await _run.RunAsync(Token);

        Assert.Equal(new Dictionary<string, string> { ["rate"] = "2", ["unit"] = "MB/s" }, result.Members[0].Values);
        Assert.Empty(result.Waits);
    }

    private void Add(string id, Func<SyncGroup, CancellationToken, Task> action) => _run.Add(new RunMember(id) { Action = action });
}
