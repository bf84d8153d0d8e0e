namespace Sync.Net.Transport;

internal sealed partial class PolledStream
{
    private readonly ReadRequest _request = new();
    private bool _isAsked;

    /// <summary>The thread has said so, and no read since has found all that there was.</summary>
    private bool _isReadable;

    /// <summary>The end is to be read behind the bytes; nothing will announce it again.</summary>
    private bool _hasEnd;

    /// <summary>Asked for a buffer when there is something to be read, by a read that was begun with an empty one.</summary>
    public Func<Memory<byte>>? LateBuffer { get; set; }

    /// <summary>Ends the read that is under way, as cancelled.</summary>
    public void CancelPending()
    {
        lock (_gate)
        {
            if (!_isAsked) return;
            _isAsked = false;
        }
        EndReadOnPool(new OperationCanceledException());
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        CancellationTokenRegistration cancelling =
            cancellationToken.UnsafeRegister(static stream => ((PolledStream)stream!).CancelRead(), this);
        lock (_gate)
        {
            Exception? failure = _isClosed ? new ObjectDisposedException(nameof(PolledStream)) : null;
            // Read at once, a connection that is always readable would keep the thread.
            if (failure is null && _isReadable) failure = TryAwait(Interest);
            // Cancelled before, it would not be cancelled again.
            if (failure is null && !cancellationToken.IsCancellationRequested)
            {
                _isAsked = true;
                return _request.Begin(buffer, cancelling);
            }
            cancelling.Unregister();
            return failure is null ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromException<int>(failure);
        }
    }

    private void OnReadable(Readiness ready)
    {
        int count;
        Exception? failure = null;
        lock (_gate)
        {
            _isReadable = true;
            if ((ready & ~(Readiness.Read | Readiness.Write)) != 0) _hasEnd = true;
            if (!_isAsked) return;
            count = 0;
            Memory<byte> buffer = _request.Buffer;
            try
            {
                if (buffer.IsEmpty) buffer = LateBuffer!();
                count = PromptReceive.Take(_socket, buffer.Span);
            }
            catch (IOException e)
            {
                failure = e;
            }
            // Whatever comes after this is announced.
            _isReadable = _hasEnd || (count > 0 && count == buffer.Length);
            if (count < 0) return;
            _isAsked = false;
        }
        _request.End(count, failure);
    }

    private void CancelRead()
    {
        lock (_gate)
        {
            // It may come late, when the read has ended and the next one, with another token, is under way.
            if (!_isAsked || !_request.IsCancelled) return;
            _isAsked = false;
        }
        EndReadOnPool(new OperationCanceledException(_request.Token));
    }

    /// <summary>Whoever ends it has other things to do than to go on with the reading.</summary>
    private void EndReadOnPool(Exception failure) =>
        ThreadPool.UnsafeQueueUserWorkItem(static end => end.Request.End(0, end.Failure), (Request: _request, Failure: failure), preferLocal: false);
}
