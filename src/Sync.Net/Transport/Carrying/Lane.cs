using System.Buffers;
using System.IO.Pipelines;

namespace Sync.Net.Transport.Carrying;

/// <summary>One of the many channels of a carrier; to those above it is like a connection of its own.</summary>
/// <remarks>One read and one write at a time. Nothing of it has a thread, a timer, or a buffer while it is idle.</remarks>
internal sealed class Lane : LeanStream
{
    private readonly Carrier _carrier;

    private int _isClosing;

    public Lane(Carrier carrier, int mostUnread)
    {
        _carrier = carrier;
        Reader = new LaneReader { MostUnread = mostUnread };
    }

    /// <summary>0 before this side, which has opened it, first writes. Guarded by the writer's lock.</summary>
    public uint Number { get; set; }

    /// <summary>Its write that waits for room. Guarded by the writer's lock.</summary>
    public WaitingWrite? Waiting { get; set; }

    /// <summary>Whether this side has closed it. Set under the writer's lock.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether the other side, or the carrier's end, has ended it. Set under the writer's lock.</summary>
    public bool IsEnded { get; set; }

    public LaneReader Reader { get; }

    /// <summary>Who is at the other end is known now.</summary>
    /// <param name="mostFrameBytes">The largest frame that may come.</param>
    public void Trust(int mostFrameBytes)
    {
        Reader.MostUnread = Carrier.MostUnreadOf(mostFrameBytes);
        _carrier.IsTrusted = true;
    }

    public override PipeReader CreateReader() => Reader;

    public override void ContinueOnPollThread() => Reader.ContinuesOnPollThread = true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadResult read = await Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        int count = (int)Math.Min(buffer.Length, read.Buffer.Length);
        ReadOnlySequence<byte> taken = read.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        Reader.AdvanceTo(taken.End);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : _carrier.Writer.WriteAsync(this, buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isClosing, 1) == 0) _carrier.Close(this);
        base.Dispose(disposing);
    }
}
