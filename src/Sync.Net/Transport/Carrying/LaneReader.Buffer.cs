using System.Buffers;
using System.IO.Pipelines;

namespace Sync.Net.Transport.Carrying;

internal sealed partial class LaneReader
{
    /// <summary>How many times as large as what has come a buffer may become, whatever the other side says is coming.</summary>
    private const int MostGrowth = 8;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _expected;

    /// <summary>What the reading side looks at, which stays where it is until it says how much of it it took.</summary>
    private byte[]? _lent;
    private int _lentStart;
    private int _lentEnd;

    /// <summary>The most bytes that may wait here to be read.</summary>
    public int MostUnread { get; set; }

    public override void Expect(int bytes) => _expected = bytes;

    /// <summary>Takes what has come.</summary>
    /// <returns>False when there is no room: the lane is to be ended.</returns>
    /// <param name="bytes">A piece.</param>
    /// <param name="isAwaited">A read was waiting for it, and <see cref="Continue"/> is to be called.</param>
    public bool TryAppend(in ReadOnlySequence<byte> bytes, out bool isAwaited)
    {
        lock (_gate)
        {
            isAwaited = false;
            if (_isClosed) return true;
            int count = (int)bytes.Length;
            if (_end - _start + (long)count > MostUnread) return false;
            if (_buffer.Length - _end < count) MakeRoom(count);
            bytes.CopyTo(_buffer.AsSpan(_end));
            _end += count;
            _isExamined = false;
            _isAppended = true;
            (isAwaited, _isAsked) = (_isAsked, false);
            return true;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            if (_lent is null) return;
            bool isAll = true;
            // Positions of an empty sequence are nowhere in the buffer.
            if (_lentEnd > _lentStart)
            {
                _start += consumed.GetInteger() - _lentStart;
                isAll = examined.GetInteger() == _lentEnd;
            }
            if (!ReferenceEquals(_lent, _buffer)) GiveBack(_lent);
            _lent = null;
            _isExamined = (isAll && !_isAppended) || _start == _end;
            if (_start == _end) Forget();
        }
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_lent is not null && !ReferenceEquals(_lent, _buffer)) GiveBack(_lent);
            _lent = null;
            Forget();
        }
    }

    private ReadResult HandOut()
    {
        (_lent, _lentStart, _lentEnd) = (_buffer, _start, _end);
        (bool isCancelled, _isCancelled, _isAppended) = (_isCancelled, false, false);
        ReadOnlySequence<byte> bytes = _end == _start ? ReadOnlySequence<byte>.Empty : new(_buffer, _start, _end - _start);
        return new ReadResult(bytes, isCancelled, _isCompleted);
    }

    /// <summary>Moves what is there to a larger buffer, or to the beginning of this one if nobody looks at it.</summary>
    private void MakeRoom(int more)
    {
        int count = _end - _start;
        byte[] from = _buffer;
        bool isLent = ReferenceEquals(_lent, from);
        if (isLent || from.Length < count + more)
        {
            long hoped = Math.Max(2L * count, Math.Min(_expected, (long)count * MostGrowth));
            _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(count + more, Math.Min(hoped, MostUnread)));
        }
        from.AsSpan(_start, count).CopyTo(_buffer);
        if (!isLent && !ReferenceEquals(from, _buffer)) GiveBack(from);
        (_start, _end) = (0, count);
    }

    private void Forget()
    {
        GiveBack(_buffer);
        _buffer = [];
        (_start, _end, _isExamined, _expected) = (0, 0, true, 0);
    }

    private static void GiveBack(byte[] buffer)
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }
}
