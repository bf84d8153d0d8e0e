using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Runner;

/// <summary>Members that somebody else starts are seen in the group alone.</summary>
public sealed class EngineByHandTests
{
    [Fact]
    public async Task V2_MemberStartedByHand_MeetsTheOthersAndPassesWhenItsCommandsAreOver()
    {
        await using EngineLab lab = new();
        lab.Run.Advertise = "127.0.0.1";
        TaskCompletionSource<string> line = new();
        lab.Run.Progress = happened =>
        {
            if (happened is WorkerAwaited awaited) line.TrySetResult(awaited.Line);
        };
        lab.Run.Add(new RunMember("desk") { Host = RunHost.Elsewhere("the desk") });
        lab.Add("a", "syncnet sync ready");
        Task<RunResult> running = lab.RunAsync();

        string paste = await line.Task.Within(Bounded.Limit);
        string tool = $"{Programs.DotNet} exec {Programs.SyncNet}";
        ProgramRun byHand = await Shell.RunAsync("sh", ["-c", $"{paste}\n{tool} sync ready"], Bounded.Limit);
        RunResult result = await running;

        Assert.True(byHand.ExitCode == 0, byHand.Error);
        Assert.Equal("desk: Pass, None\na: Pass, None", EngineLab.Summary(result));
    }

    [Fact]
    public async Task V8_MemberStartedByHandThatNeverComes_IsNoFailureUnlessItIsWaitedFor()
    {
        await using EngineLab lab = new();
        lab.Run.Advertise = "127.0.0.1";
        lab.Run.Add(new RunMember("desk") { Host = RunHost.Elsewhere("the desk") });
        lab.Add("a", "true");
        Assert.Equal("desk: Skip, None, it never joined\na: Pass, None", EngineLab.Summary(await lab.RunAsync()));

        await using EngineLab second = new();
        second.Run.Advertise = "127.0.0.1";
        second.Run.Add(new RunMember("desk") { Host = RunHost.Elsewhere("the desk") });
        second.Add("a", "syncnet sync ready --timeout 3");
        Assert.Equal(
            "desk: Fail, RootCause, it never joined, and a waited for it in message 'ready'\na: Fail, Collateral, exit code 124",
            EngineLab.Summary(await second.RunAsync()));
    }
}
