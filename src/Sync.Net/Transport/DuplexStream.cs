using System.IO.Pipelines;

namespace Sync.Net.Transport;

/// <summary>A channel's bytes both ways: read and written asynchronously, in memory handed over as a whole, and never sought.</summary>
internal abstract class DuplexStream : Stream
{
    private static readonly StreamPipeReaderOptions LeaveOpen = new(leaveOpen: true);

    public sealed override bool CanRead => true;

    public sealed override bool CanWrite => true;

    public sealed override bool CanSeek => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The reader that suits a stream, whatever it is; it leaves the stream open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">For one that has no reader of its own kind.</param>
    public static PipeReader ReaderOf(Stream stream, StreamPipeReaderOptions? options = null) =>
        stream is DuplexStream duplex ? duplex.CreateReader() : PipeReader.Create(stream, options ?? LeaveOpen);

    /// <summary>A reader that suits this channel, and leaves it open.</summary>
    public virtual PipeReader CreateReader() => PipeReader.Create(this, LeaveOpen);

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public sealed override void Flush()
    {
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
