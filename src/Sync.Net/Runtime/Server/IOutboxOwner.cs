namespace Sync.Net.Runtime.Server;

/// <summary>What an <see cref="Outbox"/> tells its connection; never under the outbox's lock.</summary>
internal interface IOutboxOwner
{
    /// <summary>The other side took bytes that had been stuck: it is alive.</summary>
    void OnBytesTaken();

    void OnSendFailed(Exception exception);
}
