namespace Sync.Net.Transport;

/// <summary>Opens duplex byte channels; knows nothing of the protocol.</summary>
internal interface ITransport
{
    /// <summary>Opens a channel to whoever listens at the endpoint.</summary>
    /// <exception cref="IOException">
    /// Nobody can be reached there; the inner exception is a SocketException with ConnectionRefused where it is certain
    /// that nobody listens.
    /// </exception>
    ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="ConnectAsync"/>, for a member: it has few connections, each of which may be worth a thread. A
    /// cancelled read may end such a channel.
    /// </summary>
    ValueTask<Stream> DialAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) => ConnectAsync(endpoint, cancellationToken);

    /// <summary>Whether the members of a process that are on one server may share a connection.</summary>
    bool SharesConnections => false;

    /// <summary>Starts to listen; connections wait to be accepted from then on.</summary>
    /// <exception cref="BindException">The endpoint can't be listened at.</exception>
    IListener Listen(SyncEndpoint endpoint);

    /// <summary>Whether nobody off this machine can reach a listener at the endpoint.</summary>
    ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken);
}
