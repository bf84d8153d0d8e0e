using System.Buffers;
using System.IO.Pipelines;

namespace Sync.Net.Transport.Carrying;

internal sealed partial class Carrier
{
    private readonly ReadyLanes _ready = new();

    /// <summary>Hands each piece to its lane, until the connection ends; all lanes have ended then. Never throws.</summary>
    public async Task RunAsync()
    {
        Exception? end = null;
        if (_stream is LeanStream lean) lean.ContinueOnPollThread();
        try
        {
            while (true)
            {
                ReadResult read = await _ready.AfterStarting(_reader.ReadAsync());
                ReadOnlySequence<byte> rest = read.Buffer;
                TakeAll(ref rest);
                _reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted || read.IsCanceled) break;
            }
        }
#pragma warning disable CA1031 // Whatever a stream throws is this carrier's end and nobody else's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            end = e as IOException ?? new IOException(e.Message, e);
        }
        _ready.Release();
        await EndAsync(_fault ?? end).ConfigureAwait(false);
    }

    private void TakeAll(ref ReadOnlySequence<byte> rest)
    {
        // What lanes answer on this thread goes out together.
        WriteGathering.Begin();
        try
        {
            while (true)
            {
                PieceStatus status = Piece.TryRead(ref rest, out uint number, out ReadOnlySequence<byte> bytes);
                if (status == PieceStatus.NeedMore) return;
                if (status != PieceStatus.Piece) throw new IOException("The other side sent something that is no piece of a lane.");
                Take(number, bytes);
            }
        }
        finally
        {
            WriteGathering.End();
        }
    }

    private void Take(uint number, in ReadOnlySequence<byte> bytes)
    {
        if (Find(number, bytes.IsEmpty) is not { } lane) return;
        if (bytes.IsEmpty)
        {
            Writer.End(lane);
            lane.Reader.End(null);
        }
        else if (!lane.Reader.TryAppend(bytes, out bool isAwaited))
        {
            lane.Reader.End(new IOException("More came than this side has read."));
            Writer.Close(lane);
        }
        else if (isAwaited)
        {
            if (PollThread.IsCurrent && lane.Reader.ContinuesOnPollThread) lane.Reader.Continue();
            else _ready.Add(lane.Reader);
        }
    }

    /// <summary>The lane; null when it was closed on this side, or ends before it began.</summary>
    private Lane? Find(uint number, bool isEnd)
    {
        Lane? lane;
        lock (_gate)
        {
            if (_lanes.TryGetValue(number, out lane))
            {
                if (isEnd) _lanes.Remove(number);
                return lane;
            }
            if (number <= _last) return null;
            if (_opened is null) throw new IOException("The other side sent a piece of a lane that nobody has opened.");
            if (_lanes.Count >= MostLanes) throw new IOException($"The other side opened more than {MostLanes} lanes.");
            _last = number;
            if (isEnd) return null;
            lane = new Lane(this, _mostUnread) { Number = number };
            _lanes.Add(number, lane);
            _open++;
        }
        _opened(lane);
        return lane;
    }

    private async ValueTask EndAsync(Exception? why)
    {
        Lane[] lanes;
        lock (_gate)
        {
            _isOver = true;
            lanes = [.. _lanes.Values, .. _unheard];
            _lanes.Clear();
            _unheard.Clear();
        }
        Writer.Stop();
        foreach (Lane lane in lanes)
        {
            Writer.End(lane);
            lane.Reader.End(why);
        }
        await _reader.CompleteAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
    }
}
