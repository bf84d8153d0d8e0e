using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>A listening socket that accepts by the runtime's own means.</summary>
internal sealed class SocketListener(Socket socket, SyncEndpoint endpoint) : IListener
{
    private volatile bool _disposed;

    public SyncEndpoint Endpoint => endpoint;

    /// <summary>A listener that owns the sockets: by the poll thread where there is one, else at the first socket alone.</summary>
    /// <param name="endpoint">Where the first listens.</param>
    /// <param name="sockets">The others are other ways to the same place.</param>
    public static IListener Of(SyncEndpoint endpoint, params Socket[] sockets)
    {
        if (PollThread.OfProcess is { } thread && PolledListener.TryCreate(thread, endpoint, sockets) is { } polled) return polled;
        foreach (Socket other in sockets[1..]) other.Dispose();
        return new SocketListener(sockets[0], endpoint);
    }

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
