namespace Sync.Net;

/// <summary>A deadline passed before the wait was met.</summary>
/// <remarks>
/// The message is one line in whole words that names who was missing; the facts are in <see cref="Failure"/>. Never thrown for a
/// cancellation, and never early.
/// </remarks>
public sealed class SyncTimeoutException : TimeoutException, ISyncFailure
{
    internal SyncTimeoutException(string message, SyncFailure failure, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <inheritdoc/>
    public SyncFailure Failure { get; }
}
