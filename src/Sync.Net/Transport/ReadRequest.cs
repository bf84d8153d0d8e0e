using System.Threading.Tasks.Sources;

namespace Sync.Net.Transport;

/// <summary>The one read at a time of a stream that another thread carries out; whoever awaits it goes on on that thread.</summary>
internal sealed class ReadRequest : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationToken _token;
    private CancellationTokenRegistration _cancelling;

    public Memory<byte> Buffer { get; private set; }

    /// <summary>Whoever awaits the read goes on on the pool instead.</summary>
    public bool ContinuesOnPool { set => _core.RunContinuationsAsynchronously = value; }

    public CancellationToken Token => _token;

    public bool IsCancelled => _token.IsCancellationRequested;

    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="cancelling">Ends the stream, and so the read, when the token is cancelled.</param>
    public ValueTask<int> Begin(Memory<byte> buffer, CancellationTokenRegistration cancelling)
    {
        _core.Reset();
        Buffer = buffer;
        _token = cancelling.Token;
        _cancelling = cancelling;
        return new ValueTask<int>(this, _core.Version);
    }

    /// <summary>Runs whatever awaits the read before it returns.</summary>
    public void End(int count, Exception? failure)
    {
        CancellationToken token = _token;
        _cancelling.Unregister();
        Buffer = default;
        // A cancelled stream ends without bytes, or in whatever way the system says it first.
        if (count == 0 && token.IsCancellationRequested) failure = new OperationCanceledException(token);
        if (failure is null) _core.SetResult(count);
        else _core.SetException(failure);
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
