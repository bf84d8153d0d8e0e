namespace Sync.Net;

/// <summary>What every exception of a failed wait offers: the facts, to be read by programs.</summary>
public interface ISyncFailure
{
    /// <summary>What failed, who was needed, who came, who did not, and why.</summary>
    SyncFailure Failure { get; }
}
