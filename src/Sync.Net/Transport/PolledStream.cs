using System.ComponentModel;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>A socket that is read whenever the <see cref="PollThread"/> says so, and written to by whoever writes.</summary>
/// <remarks>One read and one write at a time.</remarks>
internal sealed partial class PolledStream : LeanStream, IPolled
{
    private readonly object _gate = new();
    private readonly Socket _socket;
    private readonly PollThread _thread;
    private bool _isClosed;

    /// <param name="socket">Connected and non-blocking.</param>
    /// <param name="thread">Tells when it is ready.</param>
    /// <param name="number">By which the thread knows it.</param>
    public PolledStream(Socket socket, PollThread thread, long number)
    {
        _socket = socket;
        _thread = thread;
        Number = number;
        _request.ContinuesOnPool = true;
    }

    public long Number { get; }

    public override void ContinueOnPollThread()
    {
        _request.ContinuesOnPool = false;
        ContinuesOnPollThread = true;
    }

    /// <summary>As it was before: from the next read on, whoever awaits one goes on on the pool.</summary>
    public void ContinueOnPool()
    {
        _request.ContinuesOnPool = true;
        ContinuesOnPollThread = false;
    }

    public bool ContinuesOnPollThread { get; private set; }

    /// <summary>By the poll thread: carries out one read and one write at most, so that the others get their turn.</summary>
    public void OnReady(Readiness ready)
    {
        if ((ready & (Readiness.Write | Readiness.Error | Readiness.HangUp)) != 0) WriteOn();
        if ((ready & ~Readiness.Write) != 0) OnReadable(ready);
    }

    public override PipeReader CreateReader() => new PolledReader(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing) End();
        base.Dispose(disposing);
    }

    private void End()
    {
        bool reading;
        TaskCompletionSource? writing;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            (reading, _isAsked) = (_isAsked, false);
            writing = TakeWriting();
            // Before the socket is closed: from then on its handle may be another's.
            _thread.Remove(this, _socket);
            ShutDown();
            _socket.Dispose();
        }
        var closed = new ObjectDisposedException(nameof(PolledStream));
        if (reading) EndReadOnPool(closed);
        writing?.TrySetException(closed);
    }

    /// <summary>A closed socket alone would reset the connection when there is something left to be read.</summary>
    private void ShutDown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // It was broken already.
        }
    }

    /// <summary>Under the lock: what is waited for.</summary>
    private IOException? TryAwait(Readiness interest)
    {
        try
        {
            _thread.Await(this, _socket, interest);
            return null;
        }
        catch (Win32Exception e)
        {
            return new IOException($"Cannot wait for the connection: {e.Message}", e);
        }
    }
}
