using System.IO.Pipelines;

namespace Sync.Net.Transport.Carrying;

/// <summary>One connection that carries many lanes, each of which is a channel of its own to those above.</summary>
internal sealed partial class Carrier
{
    /// <summary>The most lanes of one carrier.</summary>
    public const int MostLanes = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Lane> _lanes = [];

    /// <summary>Opened here, and not heard of at the other side.</summary>
    private readonly HashSet<Lane> _unheard = [];
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly Action<Lane>? _opened;
    private readonly int _mostUnread;

    /// <summary>The lanes that this side has not closed.</summary>
    private int _open;

    /// <summary>The lane that was heard of last for the first time.</summary>
    private uint _last = Piece.FirstLane - 1;
    private bool _isOver;
    private Exception? _fault;

    /// <param name="stream">The connection; the carrier owns it.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="mostUnread">The most bytes of a lane that may wait to be read.</param>
    /// <param name="opened">Takes a lane that the other side has opened; null on the side that opens them.</param>
    public Carrier(Stream stream, PipeReader reader, int mostUnread, Action<Lane>? opened)
    {
        _stream = stream;
        _reader = reader;
        _mostUnread = mostUnread;
        _opened = opened;
        Writer = new CarrierWriter(this, stream);
    }

    public CarrierWriter Writer { get; }

    /// <summary>One of its lanes was found to be a member's.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>How many lanes are not closed on this side.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>What a lane may have waiting: the largest frame, and what came with its last bytes.</summary>
    public static int MostUnreadOf(long mostFrameBytes) => (int)Math.Min(int.MaxValue / 2, mostFrameBytes + (2 * Piece.MostBytes));

    /// <summary>A new lane; null when the carrier is over or full.</summary>
    public Lane? TryOpen()
    {
        lock (_gate)
        {
            if (_isOver || _open >= MostLanes || _last == uint.MaxValue) return null;
            _open++;
            var lane = new Lane(this, _mostUnread);
            _unheard.Add(lane);
            return lane;
        }
    }

    /// <summary>This side closes the lane; called once.</summary>
    public void Close(Lane lane)
    {
        lane.Reader.Close();
        Writer.Close(lane);
        bool isLast;
        lock (_gate)
        {
            isLast = --_open == 0 && _opened is null && !_isOver;
            if (isLast) _isOver = true;
        }
        // Nobody needs the connection any more; who comes later makes another.
        if (isLast) Writer.Finish();
    }

    /// <summary>Ends it and all of its lanes.</summary>
    public void Abort(Exception why)
    {
        Interlocked.CompareExchange(ref _fault, why, null);
        _stream.Dispose();
    }

    /// <summary>By the writer, under its lock: the lane is about to be heard of.</summary>
    public void Number(Lane lane)
    {
        lock (_gate)
        {
            _unheard.Remove(lane);
            lane.Number = ++_last;
            _lanes.Add(lane.Number, lane);
        }
    }

    /// <summary>By the writer, under its lock; true when the other side believes that the lane is there.</summary>
    public bool Forget(Lane lane)
    {
        lock (_gate) return !_unheard.Remove(lane) && _lanes.Remove(lane.Number);
    }
}
