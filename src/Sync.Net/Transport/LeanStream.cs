using System.IO.Pipelines;

namespace Sync.Net.Transport;

/// <summary>A channel that brings its own reader, which has no buffer while nothing comes.</summary>
internal abstract class LeanStream : DuplexStream
{
    /// <summary>The reader of a stream, whatever it is; the stream stays open when the reader is completed.</summary>
    public static PipeReader ReaderOf(Stream stream, StreamPipeReaderOptions? options = null) =>
        stream is LeanStream lean ? lean.OpenReader() : PipeReader.Create(stream, options);

    /// <summary>Called once; from then on the stream is read through the reader alone.</summary>
    public abstract LeanReader OpenReader();

    /// <summary>
    /// From the next read on, whoever awaits one that brings bytes may go on on the poll thread: it promises to be short, not
    /// to block, and to run no user code.
    /// </summary>
    public abstract void ContinueOnPollThread();
}
