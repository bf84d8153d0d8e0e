namespace Sync.Net.Runtime.Member;

/// <summary>
/// A thread on which a caller goes on whose call ended on a thread that may not run it. While it is busy, as user code may
/// keep it for ever, the pool does the same.
/// </summary>
/// <remarks>A worker of the pool looks for more work for longer than a meeting takes, on processors that others need.</remarks>
internal sealed class CallerThread
{
    public static readonly CallerThread OfProcess = new();

    private readonly object _gate = new();
    private CallWait? _wait;
    private CallEnd? _end;
    private bool _isStarted;
    private bool _isFree;

    private CallerThread()
    {
    }

    /// <summary>Lets the caller go on; false while the thread has something else to do.</summary>
    public bool TryRelease(CallWait wait, CallEnd end)
    {
        lock (_gate)
        {
            if (!_isStarted) Start();
            if (!_isFree) return false;
            _isFree = false;
            (_wait, _end) = (wait, end);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private void Start()
    {
        _isStarted = true;
        // Not with the context of whoever happens to be the first.
        new Thread(Run) { IsBackground = true, Name = "Sync.Net caller" }.UnsafeStart();
    }

    private void Run()
    {
        while (true)
        {
            (CallWait wait, CallEnd end) = Next();
            wait.Set(end, onThisThread: true);
        }
    }

    private (CallWait Wait, CallEnd End) Next()
    {
        lock (_gate)
        {
            _isFree = true;
            while (_isFree) Monitor.Wait(_gate);
            (CallWait, CallEnd) next = (_wait!, _end!);
            (_wait, _end) = (null, null);
            return next;
        }
    }
}
