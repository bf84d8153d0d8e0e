using System.Threading.Channels;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Tests.Transport.Carrying;

/// <summary>Both ends of a carrier on a network within the test.</summary>
internal sealed class CarrierPair : IAsyncDisposable
{
    private readonly Channel<Lane> _opened = Channel.CreateUnbounded<Lane>();

    private CarrierPair(Stream near, Stream far, int mostUnread)
    {
        NearStream = new CountedStream(near);
        FarStream = new CountedStream(far);
        Near = new Carrier(NearStream, DuplexStream.ReaderOf(NearStream), mostUnread, opened: null);
        Far = new Carrier(FarStream, DuplexStream.ReaderOf(FarStream), mostUnread, lane => _opened.Writer.TryWrite(lane));
    }

    public CountedStream NearStream { get; }

    public CountedStream FarStream { get; }

    /// <summary>The side that opens lanes.</summary>
    public Carrier Near { get; }

    public Carrier Far { get; }

    /// <summary>Ends with the reading of the near side.</summary>
    public Task NearEnded { get; private set; } = Task.CompletedTask;

    public Task FarEnded { get; private set; } = Task.CompletedTask;

    /// <param name="mostUnread">What a lane may have waiting.</param>
    /// <param name="isRead">Whether the far side reads from the beginning.</param>
    public static async Task<CarrierPair> OpenAsync(CancellationToken token, int mostUnread = 1024 * 1024, bool isRead = true)
    {
        var network = new MemoryTransport();
        using IListener listener = network.Listen(SyncEndpoint.Tcp("h", 0));
        Stream near = await network.ConnectAsync(listener.Endpoint, token);
        var pair = new CarrierPair(near, await listener.AcceptAsync(token), mostUnread);
        pair.NearEnded = pair.Near.RunAsync();
        if (isRead) pair.ReadFar();
        return pair;
    }

    public void ReadFar() => FarEnded = Far.RunAsync();

    public ValueTask<Lane> AcceptAsync(CancellationToken token) => _opened.Reader.ReadAsync(token);

    /// <summary>Both ends of a new lane, over which a byte has gone.</summary>
    public async Task<(Lane Near, Lane Far)> OpenLaneAsync(CancellationToken token)
    {
        Lane near = Near.TryOpen()!;
        await near.WriteAsync(new byte[1], token);
        Lane far = await AcceptAsync(token);
        await far.ReadExactlyAsync(new byte[1], token);
        return (near, far);
    }

    public async ValueTask DisposeAsync()
    {
        Near.Abort(new IOException("The test is over."));
        Far.Abort(new IOException("The test is over."));
        await NearEnded;
        await FarEnded;
    }
}
