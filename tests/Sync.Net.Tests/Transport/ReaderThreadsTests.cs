using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class ReaderThreadsTests : BoundedTest
{
    [Fact]
    public async Task TryStart_AllAreRunning_IsFalseUntilOneEnds()
    {
        var threads = new ReaderThreads(1);
        using var end = new ManualResetEventSlim();
        var started = new TaskCompletionSource<(bool Background, string? Name)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(threads.TryStart(() =>
        {
            started.SetResult((Thread.CurrentThread.IsBackground, Thread.CurrentThread.Name));
            end.Wait(Token);
        }));
        Assert.Equal((true, "Sync.Net reader"), await started.Task.WaitAsync(Token));

        Assert.False(threads.TryStart(() => { }));
        Assert.Equal(1, threads.Running);

        end.Set();
        while (threads.Running > 0) await Task.Yield();
        Assert.True(threads.TryStart(() => { }));
    }
}
