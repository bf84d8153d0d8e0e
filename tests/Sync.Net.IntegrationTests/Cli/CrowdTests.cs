using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

public sealed class CrowdTests
{
    /// <summary>500 of the native binary, which starts in milliseconds; fewer of the other, whose start is the runtime's.</summary>
    private static readonly int Count = Environment.GetEnvironmentVariable("SYNCNET_BINARY") is null ? 40 : 500;

    [Fact]
    public async Task Barrier_ManyProcessesAtOnce_AllReleased()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string[] members = [.. Enumerable.Range(0, Count).Select(i => $"m{i:000}")];
        lab.Variables["SYNC_NET_ROSTER"] = string.Join(',', members);

        Command[] all = [.. members.Select(member => lab.Start(member, "barrier", "crowd", "--timeout", "55"))];
        ProgramRun[] runs = await Task.WhenAll(all.Select(each => each.EndAsync()));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.All));
    }
}
