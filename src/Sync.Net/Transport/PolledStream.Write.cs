namespace Sync.Net.Transport;

internal sealed partial class PolledStream
{
    /// <summary>The write that waits for room, and its bytes; whoever awaits it goes on on the pool.</summary>
    private TaskCompletionSource? _writing;
    private ReadOnlyMemory<byte> _unwritten;
    private CancellationTokenRegistration _cancellingWrite;

    private Readiness Interest => _writing is null ? PollThread.ToRead : PollThread.ToRead | Readiness.Write;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        if (PollThread.MayWrite(buffer.Length))
        {
            try
            {
                if (TrySend(ref buffer) is { } failure) return ValueTask.FromException(failure);
            }
            catch (ObjectDisposedException e)
            {
                return ValueTask.FromException(e);
            }
            if (buffer.IsEmpty) return ValueTask.CompletedTask;
        }
        return new ValueTask(WaitForRoom(buffer, cancellationToken));
    }

    private Task WaitForRoom(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_writing is not null) throw new InvalidOperationException("One write at a time.");
            (_writing, _unwritten) = (writing, buffer);
            if (TryAwait(Interest) is { } failure)
            {
                TakeWriting();
                return Task.FromException(failure);
            }
        }
        CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (stream, writing) = ((PolledStream, TaskCompletionSource))state!;
                stream.CancelWrite(writing, token);
            },
            (this, writing));
        lock (_gate)
        {
            if (_writing == writing) _cancellingWrite = cancelling;
            else cancelling.Unregister();
        }
        return writing.Task;
    }

    /// <summary>Sends what the system takes at once, and leaves the rest.</summary>
    private IOException? TrySend(ref ReadOnlyMemory<byte> buffer)
    {
        try
        {
            while (!buffer.IsEmpty && PromptSend.Send(_socket, buffer.Span) is > 0 and var taken) buffer = buffer[taken..];
            return null;
        }
        catch (IOException e)
        {
            return e;
        }
    }

    private void WriteOn()
    {
        TaskCompletionSource? writing;
        Exception? failure;
        lock (_gate)
        {
            if (_writing is null) return;
            failure = TrySend(ref _unwritten);
            if (failure is null && !_unwritten.IsEmpty) return;
            writing = TakeWriting();
            // Best effort: more events than are needed do no harm.
            TryAwait(Interest);
        }
        if (failure is null) writing!.TrySetResult();
        else writing!.TrySetException(failure);
    }

    private void CancelWrite(TaskCompletionSource writing, CancellationToken token)
    {
        lock (_gate)
        {
            if (_writing != writing) return;
            TakeWriting();
        }
        writing.TrySetCanceled(token);
    }

    /// <summary>Under the lock: nobody writes on.</summary>
    private TaskCompletionSource? TakeWriting()
    {
        TaskCompletionSource? writing = _writing;
        _cancellingWrite.Unregister();
        (_writing, _unwritten, _cancellingWrite) = (null, default, default);
        return writing;
    }
}
