using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class PolledWriteTests : BoundedTest
{
    /// <summary>More than the system keeps.</summary>
    private readonly byte[] _much = new byte[64 * 1024 * 1024];

    [Fact]
    public async Task Write_OfMuchThatNobodyReads_BlocksNobodyAndArrivesWhole()
    {
        await using PolledPair pair = PolledPair.Open();
        await using PolledPair other = PolledPair.Open();
        new Random(1).NextBytes(_much);

        Task writing = pair.Near.WriteAsync(_much, Token).AsTask();

        Assert.False(writing.IsCompleted);
        Task<int> reading = other.Near.ReadAsync(new byte[1], Token).AsTask();
        other.Send();
        Assert.Equal(1, await reading.WaitAsync(Token));
        // Reading goes on beside it.
        Task<int> beside = pair.Near.ReadAsync(new byte[1], Token).AsTask();
        pair.Send();
        Assert.Equal(1, await beside.WaitAsync(Token));
        byte[] read = new byte[_much.Length];
        for (int count = 0; count < read.Length;) count += await pair.Far.ReceiveAsync(read.AsMemory(count), Token);
        await writing.WaitAsync(Token);
        Assert.True(_much.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task Write_Waiting_GoesOnOnThePool()
    {
        await using PolledPair pair = PolledPair.Open();
        Task<bool> writing = WriteAsync();
        Assert.False(writing.IsCompleted);

        byte[] read = new byte[1024 * 1024];
        for (int count = 0; count < _much.Length;) count += await pair.Far.ReceiveAsync(read, Token);

        Assert.False(await writing.WaitAsync(Token));

        async Task<bool> WriteAsync()
        {
            await pair.Near.WriteAsync(_much, Token).ConfigureAwait(false);
            return PollThread.IsCurrent;
        }
    }

    [Fact]
    public async Task Write_OfMuchOnThePollThread_GivesTheThreadBack()
    {
        await using PolledPair pair = PolledPair.Open();
        Task<bool> written = pair.ReadThen(new byte[1], _ =>
        {
            // The other side takes all of it, but it is too much for one turn.
            Task write = Task.CompletedTask;
            for (int i = 0; i < 256 && write.IsCompleted; i++) write = pair.Near.WriteAsync(_much.AsMemory(0, 64 * 1024), Token).AsTask();
            return !write.IsCompleted;
        });
        Task draining = DrainAsync();

        pair.Send();

        Assert.True(await written.WaitAsync(Token));
        await pair.Near.DisposeAsync();
        await draining.WaitAsync(Token);

        async Task DrainAsync()
        {
            byte[] buffer = new byte[1024 * 1024];
            while (await pair.Far.ReceiveAsync(buffer, Token) > 0) continue;
        }
    }

    [Fact]
    public async Task Dispose_WhileWriting_EndsTheWrite()
    {
        await using PolledPair pair = PolledPair.Open();
        Task writing = pair.Near.WriteAsync(_much, Token).AsTask();

        await pair.Near.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => writing.WaitAsync(Token));
    }

    [Fact]
    public async Task Write_Cancelled_Ends()
    {
        await using PolledPair pair = PolledPair.Open();
        using var cancelled = new CancellationTokenSource();
        Task writing = pair.Near.WriteAsync(_much, cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(Token));
    }
}
