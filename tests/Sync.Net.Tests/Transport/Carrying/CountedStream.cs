using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport.Carrying;

/// <summary>Counts what is written, in writes and in bytes.</summary>
internal sealed class CountedStream(Stream inner) : DuplexStream
{
    private long _bytes;
    private int _writes;

    public int Writes => Volatile.Read(ref _writes);

    public long Bytes => Volatile.Read(ref _bytes);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _writes);
        Interlocked.Add(ref _bytes, buffer.Length);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
