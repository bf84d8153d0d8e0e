using Sync.Net.Runner.Hosts;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>The run's watchdog ends all workers when the runner dies, and none when it ends in good order.</summary>
public sealed class WatchdogTests
{
    private const string Detaches = "(setsid sh -c \"$STAYS\" &); (env -i PATH=\"$PATH\" sh -c \"$STAYS\" &); exec sleep 60";

    [Fact]
    public async Task RunnerDies_EndsAllWorkersOfTheRun()
    {
        string run = TreeProcess.NewCookie();
        Watchdog watchdog = Watchdog.Start(run, TimeProvider.System);
        using TreeProcess first = new(Detaches, run + "-1");
        using TreeProcess second = new(Detaches, run + "-2");
        foreach (TreeProcess worker in new[] { first, first, second, second }) await worker.NextIdAsync();

        watchdog.Abandon();

        await first.GoneAsync();
        await second.GoneAsync();
    }

    [Fact]
    public async Task RunnerEndsInGoodOrder_TouchesNothing()
    {
        string run = TreeProcess.NewCookie();
        using TreeProcess worker = new(TreeProcess.Stays, run + "-1");
        await worker.NextIdAsync();

        await Watchdog.Start(run, TimeProvider.System).DisposeAsync();

        Assert.Contains(worker.Id, ProcessTree.Find(run + "-1"));
    }
}
