namespace Sync.Net.Benchmarks.Peers.Members;

/// <summary>Hands the rounds that the server announces to the one who waits for them.</summary>
internal sealed class Releases
{
    private readonly Lock _lock = new();
    private int _latest = -1;
    private TaskCompletionSource<int>? _waiter;
    private int _awaited;

    public Task<int> WaitAsync(int round)
    {
        lock (_lock)
        {
            if (_latest >= round) return Task.FromResult(_latest);
            _awaited = round;
            // The waiter goes on right here, on the client's own thread, which is the fastest there is.
            _waiter = new TaskCompletionSource<int>();
            return _waiter.Task;
        }
    }

    public void Announce(int round)
    {
        TaskCompletionSource<int>? released = null;
        lock (_lock)
        {
            _latest = Math.Max(_latest, round);
            if (_waiter is not null && _latest >= _awaited) (released, _waiter) = (_waiter, null);
        }
        released?.SetResult(round);
    }

    public void Fail(Exception cause)
    {
        lock (_lock) _waiter?.TrySetException(cause);
    }
}
