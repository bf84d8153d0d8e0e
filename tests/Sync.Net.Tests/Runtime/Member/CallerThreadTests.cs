using Sync.Net.Runtime.Member;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class CallerThreadTests : BoundedTest
{
    [Fact]
    public async Task TryRelease_ACallerKeepsTheThread_TheNextOneGoesElsewhere()
    {
        using var kept = new ManualResetEventSlim();
        var running = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new CallWait(static _ => { }, 0);
        Task caller = KeepAsync(first, running, kept);

        // The thread may not be there yet, or still be busy with a caller of another test.
        while (!CallerThread.OfProcess.TryRelease(first, new CallEnd.Disposed())) Token.ThrowIfCancellationRequested();
        string? thread = await running.Task.WaitAsync(Token);
        bool isTaken = CallerThread.OfProcess.TryRelease(new CallWait(static _ => { }, 0), new CallEnd.Disposed());
        kept.Set();
        await caller.WaitAsync(Token);

        Assert.Equal("Sync.Net caller", thread);
        Assert.False(isTaken);
    }

    private async Task KeepAsync(CallWait wait, TaskCompletionSource<string?> running, ManualResetEventSlim kept)
    {
        await wait.Ended.ConfigureAwait(false);
        running.SetResult(Thread.CurrentThread.Name);
        kept.Wait(Token);
    }
}
