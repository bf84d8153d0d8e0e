using System.Threading.Channels;

namespace Sync.Net.Transport;

/// <summary>The accepting side of a <see cref="MemoryTransport"/>.</summary>
internal sealed class MemoryListener(SyncEndpoint endpoint, Action<MemoryListener> removed) : IListener
{
    private readonly Channel<Stream> _offered = Channel.CreateUnbounded<Stream>();

    public SyncEndpoint Endpoint => endpoint;

    public bool TryOffer(Stream stream) => _offered.Writer.TryWrite(stream);

    public async ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _offered.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(MemoryListener));
        }
    }

    public void Dispose()
    {
        removed(this);
        _offered.Writer.TryComplete();
        // As a closed port resets what nobody accepted.
        while (_offered.Reader.TryRead(out Stream? stream)) stream.Dispose();
    }
}
