namespace Sync.Net.Tests.Runtime.Server;

/// <summary>Takes a write only when the test lets it, and remembers what it took.</summary>
internal sealed class StubbornStream : Stream
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;

    public List<byte[]> Writes { get; } = [];

    /// <summary>While set, writes wait for <see cref="Take"/>.</summary>
    public bool IsStuck { get; set; }

    public override bool CanRead => false;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Assert.True(_waiting is null, "Two writers at once.");
            Writes.Add(buffer.ToArray());
            if (!IsStuck) return ValueTask.CompletedTask;
            _waiting = new TaskCompletionSource();
            return new ValueTask(_waiting.Task);
        }
    }

    /// <summary>Lets the write that waits go on, on this thread.</summary>
    public void Take(Exception? failure = null)
    {
        TaskCompletionSource waiting;
        lock (_gate) (waiting, _waiting) = (_waiting!, null);
        if (failure is null) waiting.SetResult();
        else waiting.SetException(failure);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
