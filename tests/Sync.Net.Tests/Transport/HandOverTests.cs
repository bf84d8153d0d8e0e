namespace Sync.Net.Tests.Transport;

/// <summary>Who goes on on the reading thread and keeps it does not keep the others from reading.</summary>
public sealed class HandOverTests : BoundedTest
{
    [Fact]
    public async Task Read_ThreadIsKept_AnotherOneReads()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 2, Token);
        using var kept = KeptThread.After(pair.Near, Token);
        await pair.SendAsync(Token);
        Task<int> next = await kept.NextAsync;
        await pair.SendAsync(Token);
        Assert.Equal("Sync.Net reader", kept.ThreadName);
        Assert.False(next.IsCompleted);

        pair.MoveOn();

        Assert.Equal(1, await next.WaitAsync(Token));
        Assert.False(pair.Near.IsAsynchronous);
        Assert.False(kept.Left.IsCompleted);
        kept.Leave();
        await kept.Left.WaitAsync(Token);
    }

    [Fact]
    public async Task Read_ThreadComesBack_ReadsOnItself()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 2, Token);
        using var kept = KeptThread.After(pair.Near, Token);
        await pair.SendAsync(Token);
        Task<int> next = await kept.NextAsync;

        kept.Leave();
        await pair.SendAsync(Token);

        Assert.Equal(1, await next.WaitAsync(Token));
        pair.MoveOn();
        Assert.Equal(1, pair.Threads.Running);
    }

    [Fact]
    public async Task Read_ThreadIsKeptAndThereIsNoOther_ReadsAsynchronously()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);
        using var kept = KeptThread.After(pair.Near, Token);
        await pair.SendAsync(Token);
        Task<int> next = await kept.NextAsync;

        pair.MoveOn();
        await pair.SendAsync(Token);

        Assert.Equal(1, await next.WaitAsync(Token));
        Assert.True(pair.Near.IsAsynchronous);
        await pair.SendAsync(Token);
        Assert.Equal(1, await pair.Near.ReadAsync(new byte[1], Token));
        kept.Leave();
        await kept.Left.WaitAsync(Token);
    }

    [Fact]
    public async Task Read_ThreadIsKeptAgainAndAgain_ReadsAsynchronously()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 100, Token);
        int times = 0;

        // A read asked for by the test itself, so that each time begins like the first.
        while (!pair.Near.IsAsynchronous)
        {
            Assert.True(++times < 20);
            using var kept = KeptThread.After(pair.Near, Token);
            await pair.SendAsync(Token);
            Task<int> next = await kept.NextAsync;
            pair.MoveOn();
            await pair.SendAsync(Token);
            Assert.Equal(1, await next.WaitAsync(Token));
            kept.Leave();
            await kept.Left.WaitAsync(Token);
        }

        Assert.True(times > 1);
    }

    [Fact]
    public async Task Dispose_ThreadIsKept_EndsTheReadAtOnce()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);
        using var kept = KeptThread.After(pair.Near, Token);
        await pair.SendAsync(Token);
        Task<int> next = await kept.NextAsync;

        await pair.Near.DisposeAsync();

        Exception? exception = await Record.ExceptionAsync(() => next.WaitAsync(Token));
        Assert.True(exception is IOException or ObjectDisposedException);
        kept.Leave();
        await kept.Left.WaitAsync(Token);
    }

    [Fact]
    public async Task Read_Cancelled_ThreadIsKept_IsCancelled()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);
        using var cancelled = new CancellationTokenSource();
        using var leave = new ManualResetEventSlim();
        var next = new TaskCompletionSource<Task<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task keeping = KeepAsync();
        await pair.SendAsync(Token);
        Task<int> reading = await next.Task;

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Token));
        leave.Set();
        await keeping.WaitAsync(Token);

        async Task KeepAsync()
        {
            await pair.Near.ReadAsync(new byte[1], Token).ConfigureAwait(false);
            next.SetResult(pair.Near.ReadAsync(new byte[1], cancelled.Token).AsTask());
            leave.Wait(Token);
        }
    }
}
