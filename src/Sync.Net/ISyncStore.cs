namespace Sync.Net;

/// <summary>Keeps what a server must not forget when it is started again: messages, states, and what was counted asynchronously.</summary>
/// <remarks>
/// Entries are told apart by group and key. A server reads all of them once, when it starts, and then only writes, one write at a time. It
/// tells nobody of anything before the entries behind it are written; a write that fails ends the server, and its open calls end as
/// <see cref="SyncFailureKind.ServerLost"/>. One store serves one server. <c>syncnet serve --state</c> has one on SQLite.
/// </remarks>
public interface ISyncStore
{
    /// <summary>Reads all entries, in any order.</summary>
    /// <returns>What was written and not removed since.</returns>
    /// <exception cref="IOException">They can't be read; the server does not start.</exception>
    IReadOnlyList<SyncStoreEntry> Load();

    /// <summary>Writes entries in their order: all or none, and for good when it returns.</summary>
    /// <param name="entries">Replace those of the same group and key; without a value they remove them, and without a key the whole group.</param>
    /// <exception cref="IOException">They can't be written.</exception>
    void Write(IReadOnlyList<SyncStoreEntry> entries);
}
