using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Sync.Net.Transport.Carrying;

/// <summary>What has come over a lane and nobody has taken yet; the carrier puts it in, whoever reads the lane takes it out.</summary>
/// <remarks>One read at a time. Its one buffer is there only while it holds something.</remarks>
internal sealed partial class LaneReader : LeanReader, IValueTaskSource<ReadResult>, IThreadPoolWorkItem
{
    private readonly object _gate = new();
    private ManualResetValueTaskSourceCore<ReadResult> _core;
    private CancellationTokenRegistration _cancelling;
    private bool _isAsked;
    private bool _isCancelled;
    private bool _isExamined = true;
    private bool _isAppended;

    /// <summary>The other side has ended the lane: nothing follows what is there.</summary>
    private bool _isCompleted;

    /// <summary>Why nothing follows what is there, if the lane did not end in good order.</summary>
    private Exception? _broken;

    /// <summary>Why the read that was under way ends without bytes.</summary>
    private Exception? _failure;

    /// <summary>This side reads no more.</summary>
    private bool _isClosed;

    /// <summary>Whoever awaits a read may go on on the poll thread.</summary>
    public bool ContinuesOnPollThread { get; set; }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        CancellationTokenRegistration cancelling =
            cancellationToken.UnsafeRegister(static (reader, token) => ((LaneReader)reader!).CancelRead(token), this);
        lock (_gate)
        {
            if (IsReady)
            {
                cancelling.Unregister();
                return _isClosed ? ValueTask.FromException<ReadResult>(Closed())
                    : IsBroken ? ValueTask.FromException<ReadResult>(_broken!)
                    : ValueTask.FromResult(HandOut());
            }
            if (cancellationToken.IsCancellationRequested)
            {
                // Cancelled before, it would not be cancelled again.
                cancelling.Unregister();
                return ValueTask.FromCanceled<ReadResult>(cancellationToken);
            }
            _core.Reset();
            _cancelling = cancelling;
            _isAsked = true;
            return new ValueTask<ReadResult>(this, _core.Version);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
        {
            result = default;
            if (!IsReady) return false;
            if (_isClosed) throw Closed();
            if (IsBroken) throw _broken!;
            result = HandOut();
            return true;
        }
    }

    public override void CancelPendingRead()
    {
        lock (_gate)
        {
            _isCancelled = true;
            if (!_isAsked) return;
            _isAsked = false;
        }
        ContinueOnPool();
    }

    /// <summary>This side has closed the lane.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            if (!_isAsked) return;
            _isAsked = false;
        }
        ContinueOnPool();
    }

    /// <summary>Nothing follows what is there.</summary>
    /// <param name="why">Null when the other side has ended the lane.</param>
    public void End(Exception? why)
    {
        lock (_gate)
        {
            if (_isCompleted || _broken is not null) return;
            _isCompleted = why is null;
            _broken = why;
            if (!_isAsked) return;
            _isAsked = false;
        }
        ContinueOnPool();
    }

    /// <summary>Whoever awaits the read goes on on the calling thread. Called once for each read that was ended.</summary>
    public void Continue()
    {
        ReadResult result = default;
        Exception? failure;
        lock (_gate)
        {
            _cancelling.Unregister();
            _cancelling = default;
            failure = _isClosed ? Closed() : _failure ?? (IsBroken ? _broken : null);
            _failure = null;
            if (failure is null) result = HandOut();
        }
        if (failure is null) _core.SetResult(result);
        else _core.SetException(failure);
    }

    public void ContinueOnPool() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => Continue();

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private bool IsReady => !_isExamined || _isCancelled || _isCompleted || _isClosed || _broken is not null;

    /// <summary>What came before the lane broke is read first.</summary>
    private bool IsBroken => _broken is not null && _isExamined && !_isCancelled;

    private static ObjectDisposedException Closed() => new(nameof(Lane));

    private void CancelRead(CancellationToken token)
    {
        lock (_gate)
        {
            // It may come late, when the read has ended and the next one, with another token, is under way.
            if (!_isAsked || _cancelling.Token != token) return;
            _isAsked = false;
            _failure = new OperationCanceledException(token);
        }
        ContinueOnPool();
    }
}
