namespace Sync.Net.Transport;

/// <summary>A channel that brings its own reader, which has no buffer while nothing comes.</summary>
internal abstract class LeanStream : DuplexStream
{
    /// <summary>
    /// From the next read on, whoever awaits one that brings bytes may go on on the poll thread: it promises to be short, not
    /// to block, and to run no user code.
    /// </summary>
    public abstract void ContinueOnPollThread();
}
