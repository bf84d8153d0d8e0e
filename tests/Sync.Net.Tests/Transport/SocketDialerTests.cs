using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Transport;

public sealed class SocketDialerTests : BoundedTest
{
    [Fact]
    public async Task Dial_NoThreadLeft_IsLeftToOthers()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);

        Assert.Null(new SocketDialer(pair.Threads, pair.Time).TryDialAsync(new IPEndPoint(IPAddress.Loopback, 1), usesHostSockets: false, Token));
    }

    [Fact]
    public async Task Dial_Cancelled_EndsAndGivesItsThreadBack()
    {
        Assert.SkipUnless(SocketDialer.IsSupported, "Members dial asynchronously on this system.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        // It has room for one that nobody accepts; the next gets no answer.
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, Token);
        using var cancelled = new CancellationTokenSource();
        var threads = new ReaderThreads(1);
        Task<Stream> dialing = new SocketDialer(threads, new FakeTimeProvider()).TryDialAsync(listener.LocalEndPoint!, usesHostSockets: false, cancelled.Token)!;

        await cancelled.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialing.WaitAsync(Token));
        Assert.Equal(cancelled.Token, e.CancellationToken);
        while (threads.Running > 0) await Task.Yield();
    }

    [Fact]
    public async Task Handshake_Cancelled_EndsTheConnection()
    {
        await using DialedPair pair = await DialedPair.OpenAsync(mostThreads: 1, Token);
        using var cancelled = new CancellationTokenSource();
        Task<MemberHandshakeResult> shaking = MemberHandshake.RunAsync(
            PipeReader.Create(pair.Near),
            pair.Near,
            new MemberIdentity("g", "a", null, Guid.NewGuid()),
            null,
            new WireContext(new SyncLimits()),
            cancelled.Token);
        byte[] hello = new byte[4096];
        Assert.NotEqual(0, await pair.Far.ReceiveAsync(hello, Token));

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shaking.WaitAsync(Token));
        Assert.Equal(0, await pair.Far.ReceiveAsync(hello, Token));
        while (pair.Threads.Running > 0) await Task.Yield();
    }
}
