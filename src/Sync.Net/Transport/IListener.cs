namespace Sync.Net.Transport;

/// <summary>Accepts channels at one endpoint. Disposing ends a pending accept and frees the endpoint at once.</summary>
internal interface IListener : IDisposable
{
    /// <summary>Where it listens, with the port that was chosen.</summary>
    SyncEndpoint Endpoint { get; }

    /// <summary>The next channel, in the order of connecting.</summary>
    /// <exception cref="ObjectDisposedException">The listener was disposed.</exception>
    /// <exception cref="IOException">This accept failed; the next may succeed.</exception>
    ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken);
}
