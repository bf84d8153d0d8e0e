using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>
/// Reads a blocking socket on a thread of its own. Whoever awaits a read goes on on that thread, which therefore may be
/// away when the next read is asked for; when it stays away, another thread takes the reading over.
/// </summary>
/// <remarks>
/// The runtime's own asynchronous sockets need two threads for the same, and on a machine with few processors switching
/// between them costs more than the network. Turned asynchronous, a socket stays so: that is for connections whose
/// callers keep the thread again and again, for want of threads, and for sends that the other side does not take at once.
/// </remarks>
internal sealed partial class SocketReader : IDisposable
{
    private readonly object _gate = new();
    private readonly ReadRequest _request = new();
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly ReaderThreads _threads;
    private readonly ITimer _watch;

    /// <summary>The request was made and nobody has begun with it.</summary>
    private bool _isAsked;

    /// <summary>The thread of this turn runs what awaited a read. A later turn's thread makes it superfluous.</summary>
    private bool _isAway;
    private int _turn;
    private volatile bool _isClosed;
    private volatile bool _isAsynchronous;

    public SocketReader(Socket socket, NetworkStream stream, ReaderThreads threads, TimeProvider time)
    {
        _socket = socket;
        _stream = stream;
        _threads = threads;
        _watch = time.CreateTimer(static state => ((SocketReader)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The runtime's own asynchronous sockets do the work from now on.</summary>
    public bool IsAsynchronous => _isAsynchronous;

    /// <summary>Reads on the calling thread what is asked for, until the connection ends or another thread does it.</summary>
    public void Run() => Run(0);

    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="cancelling">Disposes of this reader, should the token be cancelled.</param>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationTokenRegistration cancelling)
    {
        lock (_gate)
        {
            if (!_isClosed && !_isAsynchronous)
            {
                ValueTask<int> read = _request.Begin(buffer, cancelling);
                _isAsked = true;
                if (_isAway) Watch();
                else Monitor.Pulse(_gate);
                return read;
            }
        }
        cancelling.Unregister();
        if (cancelling.Token.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancelling.Token);
        return _stream.ReadAsync(buffer, cancelling.Token);
    }

    public void TurnAsynchronous()
    {
        lock (_gate)
        {
            _isAsynchronous = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Ends the connection, and a read that is under way.</summary>
    public void Dispose()
    {
        bool abandoned;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            abandoned = _isAway && _isAsked;
            if (abandoned) HandOver();
            Monitor.Pulse(_gate);
        }
        _watch.Dispose();
        _stream.Dispose();
        // Its thread may never come back, and this one has other things to do than to go on with the reading.
        if (abandoned) ThreadPool.UnsafeQueueUserWorkItem(static reader => reader.ReadOnce(), this, preferLocal: false);
    }

    private void Run(int turn)
    {
        while (TryBegin(turn)) ReadOnce();
    }

    /// <summary>Waits until a read is asked for; false when this thread is not needed any more.</summary>
    private bool TryBegin(int turn)
    {
        lock (_gate)
        {
            if (turn != _turn) return false;
            _isAway = false;
            while (!_isAsked)
            {
                if (_isClosed || _isAsynchronous) return false;
                Monitor.Wait(_gate);
            }
            return true;
        }
    }

    private void ReadOnce()
    {
        int count = 0;
        Exception? failure = null;
        try
        {
            count = PromptReceive.Wait(_socket, _request.Buffer.Span);
            // Closed on this side, which ends a read that is under way like an end of the stream.
            if (count == 0) ObjectDisposedException.ThrowIf(_isClosed, this);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            failure = e;
        }
        lock (_gate) GoAway();
        _request.End(count, failure);
    }
}
