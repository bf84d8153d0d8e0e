using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Runner;

/// <summary>Nothing that a worker starts outlives it.</summary>
public sealed class EngineTreeTests
{
    [Fact]
    public async Task Children_ThatDetachAndOutliveTheirWorker_AreEndedWithIt()
    {
        await using EngineLab lab = new();
        lab.Add("a", "setsid sh -c 'echo $$ > child; exec sleep 1000' < /dev/null > /dev/null 2>&1 & while ! [ -s child ]; do :; done");

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Pass, None", EngineLab.Summary(result));
        string child = (await File.ReadAllTextAsync(Path.Combine(lab.Work, "child"), TestContext.Current.CancellationToken)).Trim();
        Assert.False(Lives(child), $"process {child} lives");
    }

    [Fact]
    public async Task Timeout_EndsChildrenThatDetached()
    {
        await using EngineLab lab = new();
        lab.Run.Timeout = TimeSpan.FromSeconds(3);
        lab.Add("a", "setsid sh -c 'echo $$ > child; exec sleep 1000' & sleep 1000");

        RunResult result = await lab.RunAsync();

        Assert.Equal("a: Interrupted, RootCause, the run's timeout of 3 s was over", EngineLab.Summary(result));
        string child = (await File.ReadAllTextAsync(Path.Combine(lab.Work, "child"), TestContext.Current.CancellationToken)).Trim();
        Assert.False(Lives(child), $"process {child} lives");
    }

    /// <summary>A dead process that nobody has asked for yet is still listed, as Z.</summary>
    private static bool Lives(string process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
