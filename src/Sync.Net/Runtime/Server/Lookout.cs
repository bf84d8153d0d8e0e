using Microsoft.Extensions.Logging;

namespace Sync.Net.Runtime.Server;

/// <summary>Hands what happens to who looks on: on the pool, in order, one at a time, because that is the user's code.</summary>
internal sealed class Lookout(Action<Happening> observer, ILogger logger) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private Queue<object> _waiting = new();
    private bool _isRunning;

    /// <summary>Only remembers it; may be called under a lock.</summary>
    public void Tell(Happening happening) => Add(happening);

    /// <summary>A task that ends when all that was told before has been handed over.</summary>
    public Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(flushed);
        return flushed.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TryTake() is { } batch)
        {
            foreach (object each in batch) HandOver(each);
        }
    }

    private void Add(object item)
    {
        lock (_gate)
        {
            _waiting.Enqueue(item);
            if (_isRunning) return;
            _isRunning = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private Queue<object>? TryTake()
    {
        lock (_gate)
        {
            _isRunning = _waiting.Count > 0;
            if (!_isRunning) return null;
            Queue<object> batch = _waiting;
            _waiting = new Queue<object>();
            return batch;
        }
    }

    private void HandOver(object item)
    {
        if (item is TaskCompletionSource flushed)
        {
            flushed.TrySetResult();
            return;
        }
        try
        {
            observer((Happening)item);
        }
        catch (Exception e)
        {
            Log.ObserverFailed(logger, e);
        }
    }
}
