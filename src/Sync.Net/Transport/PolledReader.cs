using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Sync.Net.Transport;

/// <summary>Reads a polled stream without a buffer of its own, as long as what comes is taken whole.</summary>
/// <remarks>
/// Whoever goes on on the poll thread reads from a buffer that the thread has for all of its connections; what is left over is kept
/// here, in one piece. One read at a time, as with any reader; only <see cref="CancelPendingRead"/> comes from other threads.
/// </remarks>
internal sealed class PolledReader : LeanReader, IValueTaskSource<ReadResult>
{
    private const int LeastBytes = 4096;

    /// <summary>How many times as large as what has come a buffer may become, whatever the other side says is coming.</summary>
    private const int MostGrowth = 8;

    private readonly PolledStream _stream;
    private readonly Action _goOn;
    private ManualResetValueTaskSourceCore<ReadResult> _core;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;
    private byte[]? _own;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _expected;
    private bool _isExamined = true;
    private bool _isCompleted;
    private bool _fromShared;
    private int _isCancelled;

    public PolledReader(PolledStream stream)
    {
        _stream = stream;
        _goOn = GoOn;
        stream.LateBuffer = TakeRoom;
    }

    public override void Expect(int bytes) => _expected = bytes;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        if (TryRead(out ReadResult result)) return ValueTask.FromResult(result);
        // What ends on another thread than this one can't refer to what this one shares.
        _fromShared = PollThread.IsCurrent && _stream.ContinuesOnPollThread;
        _core.Reset();
        ValueTask<ReadResult> reading = new(this, _core.Version);
#pragma warning disable CA2012 // Awaited by hand: once, and without a state machine a read.
        _read = _stream.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        if (_read.IsCompleted) GoOn();
        else _read.UnsafeOnCompleted(_goOn);
        // Cancelled in between, there was nothing to be ended.
        if (Volatile.Read(ref _isCancelled) != 0) _stream.CancelPending();
        return reading;
    }

    public override bool TryRead(out ReadResult result)
    {
        bool cancelled = Interlocked.Exchange(ref _isCancelled, 0) != 0;
        bool isThere = cancelled || _isCompleted || !_isExamined;
        result = isThere ? Result(cancelled) : default;
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // Positions of an empty sequence are nowhere in the buffer.
        if (_start == _end) return;
        _start = consumed.GetInteger();
        _isExamined = examined.GetInteger() == _end;
        int rest = _end - _start;
        if (rest == 0) Forget();
        else if (!ReferenceEquals(_buffer, _own)) MoveTo(Rent(rest));
    }

    public override void CancelPendingRead()
    {
        Volatile.Write(ref _isCancelled, 1);
        _stream.CancelPending();
    }

    public override void Complete(Exception? exception = null) => Forget();

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        ReadResult result = _core.GetResult(token);
        if (!result.Buffer.IsEmpty && !ReferenceEquals(_buffer, _own) && !PollThread.IsCurrent)
            throw new InvalidOperationException("Only the poll thread reads what it shares.");
        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private ReadResult Result(bool isCancelled) =>
        new(_end == _start ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_buffer, _start, _end - _start), isCancelled, _isCompleted);

    /// <summary>By the poll thread, when there is something to be read: where it goes.</summary>
    private Memory<byte> TakeRoom()
    {
        if (_fromShared && _start == _end)
        {
            _buffer = PollThread.Shared;
            (_start, _end) = (0, 0);
            return _buffer;
        }
        if (_own is null) MoveTo(Rent(0));
        else if (_end == _own.Length) MoveTo(_start > 0 && _start >= _own.Length / 2 ? _own : Rent(_end - _start));
        return _own.AsMemory(_end);
    }

    private void GoOn()
    {
        int count;
        try
        {
            count = _read.GetResult();
        }
        catch (OperationCanceledException) when (Interlocked.Exchange(ref _isCancelled, 0) != 0)
        {
            _core.SetResult(Result(isCancelled: true));
            return;
        }
#pragma warning disable CA1031 // It is the reading side's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _core.SetException(e);
            return;
        }
        _end += count;
        _isExamined = count == 0;
        _isCompleted = count == 0;
        _core.SetResult(Result(isCancelled: false));
    }

    private byte[] Rent(int kept) =>
        ArrayPool<byte>.Shared.Rent(Math.Max(LeastBytes, Math.Max(2 * kept, (int)Math.Min(_expected, (long)kept * MostGrowth))));

    /// <summary>What is there goes to the beginning of that buffer, which is this reader's own from now on.</summary>
    private void MoveTo(byte[] to)
    {
        int count = _end - _start;
        _buffer.AsSpan(_start, count).CopyTo(to);
        if (_own is not null && !ReferenceEquals(_own, to)) ArrayPool<byte>.Shared.Return(_own);
        _buffer = _own = to;
        (_start, _end) = (0, count);
    }

    private void Forget()
    {
        if (_own is not null) ArrayPool<byte>.Shared.Return(_own);
        _own = null;
        _buffer = [];
        (_start, _end, _isExamined) = (0, 0, true);
    }
}
