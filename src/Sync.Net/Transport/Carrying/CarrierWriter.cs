using System.Buffers;

namespace Sync.Net.Transport.Carrying;

/// <summary>Writes what all lanes of a carrier have to say: whatever comes while a write is under way goes out with the next.</summary>
internal sealed partial class CarrierWriter(Carrier carrier, Stream stream)
{
    /// <summary>When so much is queued, and some for each lane, lanes wait with what they have to say.</summary>
    private const int MostQueued = 256 * 1024;

    /// <summary>So that what all lanes of a large carrier are told at once finds room: a connection of its own would have taken it too.</summary>
    private const int MostQueuedALane = 1024;

    /// <summary>Room for the ends of lanes, which wait for nothing.</summary>
    private const int MostOfEnds = 1024 * 1024;

    /// <summary>A buffer that became larger than this is not kept.</summary>
    private const int MostKept = 2 * MostQueued;
    private const int MostKeptALane = 256;

    private readonly object _gate = new();
    private readonly Queue<WaitingWrite> _waiting = new();
    private ArrayBufferWriter<byte> _queued = new();
    private ArrayBufferWriter<byte> _writing = new();
    private bool _isWriting;
    private bool _isFinishing;
    private bool _isOver;

    private bool HasRoom => _queued.WrittenCount < Bound;

    private int Bound => MostQueued + (MostQueuedALane * carrier.Open);

    /// <summary>Ends when the bytes are queued, which is at once as long as there is room.</summary>
    public ValueTask WriteAsync(Lane lane, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        WaitingWrite? waiting = null;
        bool isFull;
        lock (_gate)
        {
            if (FaultOf(lane) is { } fault) return ValueTask.FromException(fault);
            if (_waiting.Count == 0) bytes = TakeWhatFits(lane, bytes);
            if (!bytes.IsEmpty)
            {
                if (lane.Waiting is not null) throw new InvalidOperationException("One write at a time.");
                _waiting.Enqueue(lane.Waiting = waiting = new WaitingWrite(lane, bytes));
            }
            isFull = !HasRoom;
        }
        if (waiting is not null) CancelWith(waiting, cancellationToken);
        if (isFull || !WriteGathering.TryHold(this)) Flush();
        return waiting is null ? ValueTask.CompletedTask : new ValueTask(waiting.Task);
    }

    /// <summary>This side closes the lane; what it has written before still goes out.</summary>
    public void Close(Lane lane)
    {
        bool isFull = false;
        lock (_gate)
        {
            lane.IsClosed = true;
            EndWaiting(lane);
            if (!carrier.Forget(lane) || _isOver) return;
            isFull = _queued.WrittenCount > Bound + MostOfEnds;
            if (!isFull) Piece.Write(_queued, lane.Number, []);
        }
        // Who opens lanes and lets them be ended without ever reading it would have them pile up here.
        if (isFull) carrier.Abort(new IOException("It did not read what was sent to it."));
        else if (!WriteGathering.TryHold(this)) Flush();
    }

    /// <summary>The other side has ended the lane, or the carrier is over.</summary>
    public void End(Lane lane)
    {
        lock (_gate)
        {
            lane.IsEnded = true;
            EndWaiting(lane);
        }
    }

    /// <summary>Writes what is queued, unless somebody is at it already.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isWriting || _isOver || !TakeQueued()) return;
        }
        WriteOn();
    }

    /// <summary>Closes the stream when all is written that is queued.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _isFinishing = true;
            if (_isWriting) return;
        }
        Flush();
        lock (_gate)
        {
            if (_isWriting) return;
        }
        stream.Dispose();
    }

    /// <summary>Nothing more is written.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isOver = true;
            while (_waiting.TryDequeue(out WaitingWrite? waiting))
            {
                waiting.Lane.IsEnded = true;
                EndWaiting(waiting.Lane);
            }
        }
    }

    private Exception? FaultOf(Lane lane)
    {
        if (lane.IsClosed) return new ObjectDisposedException(nameof(Lane));
        return lane.IsEnded || _isOver ? new IOException("The other side has closed the channel.") : null;
    }

    private void CancelWith(WaitingWrite waiting, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled) return;
        CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (writer, waiting) = ((CarrierWriter, WaitingWrite))state!;
                writer.Cancel(waiting, token);
            },
            (this, waiting));
        lock (_gate)
        {
            if (waiting.Task.IsCompleted) cancelling.Unregister();
            else waiting.Cancelling = cancelling;
        }
    }

    private void Cancel(WaitingWrite waiting, CancellationToken token)
    {
        lock (_gate)
        {
            waiting.Rest = default;
            if (waiting.Lane.Waiting == waiting) waiting.Lane.Waiting = null;
        }
        waiting.TrySetCanceled(token);
    }
}
