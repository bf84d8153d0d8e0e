using Sync.Net.Runner.Hosts;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>All that a worker started is found and ended, however it tried to get away.</summary>
public sealed class ProcessTreeTests
{
    [Theory]
    [InlineData("a child", "sh -c \"$STAYS\" & wait")]
    [InlineData("a session of its own", "setsid sh -c \"$STAYS\" & wait")]
    [InlineData("forked twice, with the parents dead", "(setsid sh -c 'sh -c \"$STAYS\" &' &); wait")]
    [InlineData("forked twice, and the worker itself has ended", "(setsid sh -c 'sh -c \"$STAYS\" &' &); exit 0")]
    [InlineData("a scrubbed environment", "env -i PATH=\"$PATH\" sh -c \"$STAYS\" & wait")]
    [InlineData("a scrubbed environment, and its parent dead", "(env -i PATH=\"$PATH\" sh -c \"$STAYS\" &); exec sleep 60")]
    [InlineData("a scrubbed environment, a session of its own, and outlives its parent when asked to end", "setsid env -i PATH=\"$PATH\" sh -c \"trap '' TERM; $STAYS\" & wait")]
    [InlineData("a scrubbed environment, started while its parent is asked to end", "trap 'env -i PATH=\"$PATH\" sh -c \"$STAYS\" & exit' TERM; echo $$; while :; do sleep 0.01; done")]
    [InlineData("asked to end, and ignores it", "trap '' TERM; sh -c \"$STAYS\" & wait")]
    public async Task Kill_EndsAll(string what, string script)
    {
        string cookie = TreeProcess.NewCookie();
        using TreeProcess worker = new(script, cookie);
        int child = await worker.NextIdAsync();

        Assert.True(ProcessTree.Find(cookie).Contains(child), $"not found: {what}");
        IReadOnlyCollection<int> left = await ProcessTree.KillAsync(cookie, TimeSpan.FromMilliseconds(100), TimeProvider.System);

        Assert.Empty(left);
        await worker.GoneAsync();
    }

    [Fact]
    public async Task Find_AnotherCookieAndTheCaller_AreLeftAlone()
    {
        string cookie = TreeProcess.NewCookie();
        using TreeProcess other = new(TreeProcess.Stays, cookie + "2");
        await other.NextIdAsync();

        Assert.Empty(await ProcessTree.KillAsync(cookie, TimeSpan.Zero, TimeProvider.System));

        Assert.Contains(other.Id, ProcessTree.Find(cookie + "2"));
        Assert.DoesNotContain(Environment.ProcessId, ProcessTree.Find(cookie + "2"));
    }

    [Fact]
    public async Task Kill_Grace_LetsThemEndInGoodOrder()
    {
        string cookie = TreeProcess.NewCookie();
        using TreeProcess worker = new("trap 'echo 42; exit 0' TERM; echo $$; while :; do sleep 0.05; done", cookie);
        await worker.NextIdAsync();

        await ProcessTree.KillAsync(cookie, TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.Equal(42, await worker.NextIdAsync());
    }

    [Fact]
    public async Task Kill_ForksWithoutEnd_LeavesNone()
    {
        string cookie = TreeProcess.NewCookie();
        using TreeProcess worker = new("echo $$; spawn() { (setsid sleep 60 &); }; i=0; while [ $i -lt 400 ]; do spawn; i=$((i + 1)); done; exec sleep 60", cookie);
        await worker.NextIdAsync();

        Assert.Empty(await ProcessTree.KillAsync(cookie, TimeSpan.Zero, TimeProvider.System));
    }
}
