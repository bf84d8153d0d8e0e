using System.Net;
using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

/// <summary>A stream that the poll thread serves, and its other side.</summary>
internal sealed class PolledPair : IAsyncDisposable
{
    private PolledPair(PolledStream near, Socket far) => (Near, Far) = (near, far);

    public PolledStream Near { get; }

    public Socket Far { get; }

    /// <param name="onPollThread">Whoever awaits a read goes on on the poll thread.</param>
    public static PolledPair Open(bool onPollThread = true)
    {
        Assert.SkipUnless(PollThread.OfProcess is not null, "There is no epoll on this system.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        far.Connect(listener.LocalEndPoint!);
        PolledStream near = PollThread.OfProcess!.TryServe(listener.Accept())!;
        if (onPollThread) near.ContinueOnPollThread();
        return new PolledPair(near, far);
    }

    public void Send(byte value = 7) => Far.Send([value]);

    /// <summary>Reads, and does something with how it ended right where the read's continuation runs.</summary>
    public Task<T> ReadThen<T>(Memory<byte> buffer, Func<Exception?, T> then)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = ReadAsync();
        return done.Task;

        async Task ReadAsync()
        {
            Exception? failure = null;
            try
            {
                await Near.ReadAsync(buffer).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                failure = e;
            }
            done.SetResult(then(failure));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Near.DisposeAsync();
        Far.Dispose();
    }
}
