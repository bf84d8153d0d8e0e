namespace Sync.Net.Tests.Transport;

public sealed class DialedStreamTests : BoundedTest
{
    [Fact]
    public async Task Write_OfMuchThatNobodyReads_DoesNotBlockAndArrivesWhole()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);
        Task<int> reading = pair.Near.ReadAsync(new byte[1], Token).AsTask();
        byte[] much = new byte[64 * 1024 * 1024];
        new Random(1).NextBytes(much);

        Task writing = pair.Near.WriteAsync(much, Token).AsTask();

        // More than the system keeps: the caller is back although the write is not done.
        Assert.False(writing.IsCompleted);
        Assert.True(pair.Near.IsAsynchronous);
        byte[] read = new byte[much.Length];
        for (int count = 0; count < read.Length;) count += await pair.Far.ReceiveAsync(read.AsMemory(count), Token);
        await writing.WaitAsync(Token);
        Assert.True(much.AsSpan().SequenceEqual(read));
        // The read that had begun before ends as any other, and the next ones do too.
        await pair.SendAsync(Token);
        Assert.Equal(1, await reading.WaitAsync(Token));
        await pair.SendAsync(Token);
        Assert.Equal(1, await pair.Near.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task Dispose_OfALargeWrite_EndsIt()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);
        Task writing = pair.Near.WriteAsync(new byte[64 * 1024 * 1024], Token).AsTask();

        await pair.Near.DisposeAsync();

        Exception? exception = await Record.ExceptionAsync(() => writing.WaitAsync(Token));
        Assert.True(exception is IOException or ObjectDisposedException);
    }

    [Fact]
    public async Task Dispose_ThreadIsIdle_EndsIt()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);

        await pair.Near.DisposeAsync();

        while (pair.Threads.Running > 0) await Task.Yield();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pair.Near.ReadAsync(new byte[1], Token).AsTask());
    }
}
