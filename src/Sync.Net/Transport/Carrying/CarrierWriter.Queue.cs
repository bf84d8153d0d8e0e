using System.Buffers;

namespace Sync.Net.Transport.Carrying;

// All but the writing itself under the lock.
internal sealed partial class CarrierWriter
{
    /// <summary>Queues pieces of it as long as there is room; returns the rest.</summary>
    private ReadOnlyMemory<byte> TakeWhatFits(Lane lane, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty && HasRoom) bytes = TakePiece(lane, bytes);
        return bytes;
    }

    private ReadOnlyMemory<byte> TakePiece(Lane lane, ReadOnlyMemory<byte> bytes)
    {
        // Numbers grow in the order in which lanes are first heard of at the other side.
        if (lane.Number == 0) carrier.Number(lane);
        int count = Math.Min(bytes.Length, Piece.MostBytes);
        Piece.Write(_queued, lane.Number, bytes.Span[..count]);
        return bytes[count..];
    }

    /// <summary>In turns, a piece each, so that a large write keeps nobody waiting for long.</summary>
    private void TakeWaiting()
    {
        while (HasRoom && _waiting.TryDequeue(out WaitingWrite? waiting))
        {
            if (waiting.Rest.IsEmpty) continue;
            waiting.Rest = TakePiece(waiting.Lane, waiting.Rest);
            if (!waiting.Rest.IsEmpty)
            {
                _waiting.Enqueue(waiting);
                continue;
            }
            waiting.Lane.Waiting = null;
            waiting.Cancelling.Unregister();
            waiting.TrySetResult();
        }
    }

    private void EndWaiting(Lane lane)
    {
        if (lane.Waiting is not { } waiting) return;
        lane.Waiting = null;
        waiting.Rest = default;
        waiting.Cancelling.Unregister();
        waiting.TrySetException(FaultOf(lane)!);
    }

    /// <summary>False when there is nothing to write.</summary>
    private bool TakeQueued()
    {
        TakeWaiting();
        _isWriting = _queued.WrittenCount > 0;
        if (!_isWriting) return false;
        (_queued, _writing) = (_writing, _queued);
        return true;
    }

    private void WriteOn()
    {
        while (true)
        {
            ValueTask write;
            try
            {
                write = stream.WriteAsync(_writing.WrittenMemory, CancellationToken.None);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                write = ValueTask.FromException(e);
            }
            if (!write.IsCompletedSuccessfully)
            {
                _ = GoOnAsync(write);
                return;
            }
            if (!Next()) return;
        }
    }

    private async Task GoOnAsync(ValueTask write)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a stream throws is this carrier's end and nobody else's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            carrier.Abort(e);
            return;
        }
        if (Next()) WriteOn();
    }

    /// <summary>What was under way is written; false when nothing came meanwhile.</summary>
    private bool Next()
    {
        bool isFinished;
        lock (_gate)
        {
            if (_writing.Capacity > MostKept + (MostKeptALane * carrier.Open)) _writing = new ArrayBufferWriter<byte>();
            else _writing.ResetWrittenCount();
            if (!_isOver && TakeQueued()) return true;
            _isWriting = false;
            isFinished = _isFinishing;
        }
        if (isFinished) stream.Dispose();
        return false;
    }
}
