namespace Sync.Net;

/// <summary>A wait failed for another reason than its deadline.</summary>
/// <remarks>
/// The message is one line in whole words; the facts are in <see cref="Failure"/>. A deadline is a <see cref="SyncTimeoutException"/>; misuse
/// is an <see cref="ArgumentException"/>, <see cref="InvalidOperationException"/> or <see cref="ObjectDisposedException"/>. To
/// catch both kinds of failure: <c>catch (Exception e) when (e is ISyncFailure)</c>.
/// </remarks>
public sealed class SyncException : Exception, ISyncFailure
{
    internal SyncException(string message, SyncFailure failure, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <inheritdoc/>
    public SyncFailure Failure { get; }
}
