using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

/// <summary>A dialled stream and its other side, with a watch that only the test moves.</summary>
internal sealed class DialedPair : IAsyncDisposable
{
    private DialedPair(DialedStream near, Socket far, ReaderThreads threads, FakeTimeProvider time) =>
        (Near, Far, Threads, Time) = (near, far, threads, time);

    public DialedStream Near { get; }

    public Socket Far { get; }

    public ReaderThreads Threads { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<DialedPair> OpenAsync(int mostThreads, CancellationToken token)
    {
        Assert.SkipUnless(SocketDialer.IsSupported, "Members dial asynchronously on this system.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var threads = new ReaderThreads(mostThreads);
        var time = new FakeTimeProvider();
        Stream near = await new SocketDialer(threads, time).TryDialAsync(listener.LocalEndPoint!, usesHostSockets: false, token)!;
        Socket far = await listener.AcceptAsync(token);
        return new DialedPair((DialedStream)near, far, threads, time);
    }

    public ValueTask<int> SendAsync(CancellationToken token) => Far.SendAsync(new byte[] { 7 }, token);

    /// <summary>More time than the reading thread may be kept.</summary>
    public void MoveOn()
    {
        for (int i = 0; i < 3; i++) Time.Advance(TimeSpan.FromMilliseconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await Near.DisposeAsync();
        Far.Dispose();
    }
}
