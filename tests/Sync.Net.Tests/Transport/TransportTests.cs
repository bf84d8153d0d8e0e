using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

/// <summary>What every transport does; one subclass for each.</summary>
public abstract class TransportTests : BoundedTest
{
    private protected abstract ITransport Transport { get; }

    /// <summary>An endpoint of one's own, with port 0 where there are ports.</summary>
    private protected abstract SyncEndpoint NewEndpoint();

    [Fact]
    public async Task Connect_Listening_CarriesBytesBothWays()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        await using Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        await using Stream far = await listener.AcceptAsync(Token);

        await near.WriteAsync("ping"u8.ToArray(), Token);
        Assert.Equal("ping"u8.ToArray(), await ReadAsync(far, 4));
        await far.WriteAsync("pong"u8.ToArray(), Token);
        Assert.Equal("pong"u8.ToArray(), await ReadAsync(near, 4));
    }

    [Fact]
    public async Task Connect_BeforeAccept_IsAcceptedInOrder()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        for (byte i = 0; i < 10; i++)
        {
            Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
            await near.WriteAsync(new[] { i }, Token);
        }
        for (byte i = 0; i < 10; i++)
        {
            await using Stream far = await listener.AcceptAsync(Token);
            Assert.Equal([i], await ReadAsync(far, 1));
        }
    }

    [Fact]
    public async Task Dispose_OfOneSide_EndsTheOther()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        await using Stream far = await listener.AcceptAsync(Token);

        await near.WriteAsync("last"u8.ToArray(), Token);
        await near.DisposeAsync();

        Assert.Equal("last"u8.ToArray(), await ReadAsync(far, 4));
        Assert.Equal(0, await far.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task Write_OtherSideClosed_Fails()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        await using Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        await (await listener.AcceptAsync(Token)).DisposeAsync();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true) await near.WriteAsync(new byte[1000], Token);
        });
    }

    [Fact]
    public async Task Dispose_WhileReading_EndsTheRead()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        Task<int> reading = near.ReadAsync(new byte[1], Token).AsTask();

        await near.DisposeAsync();

        // With an exception or as the end of the stream, whichever the system says first.
        Exception? exception = await Record.ExceptionAsync(() => reading.WaitAsync(Token));
        Assert.True(exception is IOException or ObjectDisposedException || await reading == 0);
    }

    [Fact]
    public async Task Write_OfMuch_ArrivesWhole()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        await using Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        await using Stream far = await listener.AcceptAsync(Token);
        byte[] much = new byte[4 * 1024 * 1024];
        new Random(1).NextBytes(much);

        Task writing = near.WriteAsync(much, Token).AsTask();
        byte[] read = await ReadAsync(far, much.Length);
        await writing;

        Assert.True(much.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task Read_Cancelled_Ends()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        await using Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        using var cancelled = new CancellationTokenSource();

        Task<int> reading = near.ReadAsync(new byte[1], cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Token));
    }

    [Fact]
    public async Task Connect_NobodyListens_ThrowsIOExceptionThatNamesTheEndpoint()
    {
        IListener listener = Transport.Listen(NewEndpoint());
        SyncEndpoint endpoint = listener.Endpoint;
        listener.Dispose();

        IOException e = await Assert.ThrowsAnyAsync<IOException>(() => Transport.ConnectAsync(endpoint, Token).AsTask());
        Assert.Contains(endpoint.ToString(), e.Message, StringComparison.Ordinal);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(e.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task Accept_ListenerDisposed_ThrowsObjectDisposed()
    {
        IListener listener = Transport.Listen(NewEndpoint());
        Task<Stream> accepting = listener.AcceptAsync(Token).AsTask();

        listener.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => accepting.WaitAsync(Token));
    }

    [Fact]
    public async Task Accept_Cancelled_ThrowsOperationCanceled()
    {
        using IListener listener = Transport.Listen(NewEndpoint());
        using var cancelled = new CancellationTokenSource();
        Task<Stream> accepting = listener.AcceptAsync(cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting.WaitAsync(Token));
    }

    [Fact]
    public void Listen_Twice_IsInUse()
    {
        using IListener listener = Transport.Listen(NewEndpoint());

        BindException e = Assert.Throws<BindException>(() => Transport.Listen(listener.Endpoint));

        Assert.Equal(BindFailure.InUse, e.Failure);
        Assert.Contains(listener.Endpoint.ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_AgainAfterDispose_Works()
    {
        IListener first = Transport.Listen(NewEndpoint());
        Stream near = await Transport.ConnectAsync(first.Endpoint, Token);
        Stream far = await first.AcceptAsync(Token);
        // The listening side closes first, which leaves its port in TIME_WAIT where there is such a thing.
        await far.DisposeAsync();
        Assert.Equal(0, await near.ReadAsync(new byte[1], Token));
        await near.DisposeAsync();
        first.Dispose();

        using IListener second = Transport.Listen(first.Endpoint);

        Assert.Equal(first.Endpoint, second.Endpoint);
        await using Stream again = await Transport.ConnectAsync(second.Endpoint, Token);
    }

    [Fact]
    public async Task IsLocal_OwnEndpoint_IsTrue() => Assert.True(await Transport.IsLocalAsync(NewEndpoint(), Token));

    private protected async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Token);
        return bytes;
    }
}
