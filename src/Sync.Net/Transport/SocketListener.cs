using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>A listening socket.</summary>
internal sealed class SocketListener(Socket socket, SyncEndpoint endpoint) : IListener
{
    private volatile bool _disposed;

    public SyncEndpoint Endpoint => endpoint;

    public async ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            Socket accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
            if (accepted.ProtocolType == ProtocolType.Tcp) accepted.NoDelay = true;
            return (Stream?)PollThread.OfProcess?.TryServe(accepted) ?? new NetworkStream(accepted, ownsSocket: true);
        }
        catch (SocketException e)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            throw new IOException($"Accepting at {endpoint} failed: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        socket.Dispose();
    }
}
