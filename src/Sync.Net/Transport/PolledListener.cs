using System.ComponentModel;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Sync.Net.Transport;

/// <summary>Listening sockets, known by one endpoint, that accept whenever the <see cref="PollThread"/> says so.</summary>
/// <remarks>One accept at a time. Whoever awaits one goes on on that thread, so it promises what <see cref="PolledStream.ContinueOnPollThread"/> promises.</remarks>
internal sealed class PolledListener : IListener, IValueTaskSource<Stream>
{
    private readonly object _gate = new();
    private readonly PollThread _thread;
    private readonly Port[] _ports;
    private ManualResetValueTaskSourceCore<Stream> _core;
    private CancellationTokenRegistration _cancelling;
    private bool _isAsked;
    private bool _isDisposed;

    private PolledListener(PollThread thread, SyncEndpoint endpoint, Socket[] sockets)
    {
        _thread = thread;
        Endpoint = endpoint;
        _ports = [.. sockets.Select(socket => new Port(this, socket, thread.NextNumber()))];
    }

    public SyncEndpoint Endpoint { get; }

    /// <summary>A listener that owns the sockets; null when the system has no room for it.</summary>
    /// <param name="thread">Tells when somebody connects.</param>
    /// <param name="endpoint">Where they listen.</param>
    /// <param name="sockets">Listening, and never used asynchronously.</param>
    public static PolledListener? TryCreate(PollThread thread, SyncEndpoint endpoint, params Socket[] sockets)
    {
        var listener = new PolledListener(thread, endpoint, sockets);
        for (int i = 0; i < sockets.Length; i++)
        {
            sockets[i].Blocking = false;
            if (thread.TryAdd(listener._ports[i], sockets[i], Readiness.Read | Readiness.EdgeTriggered)) continue;
            for (int j = 0; j < i; j++) thread.Remove(listener._ports[j], sockets[j]);
            foreach (Socket socket in sockets) socket.Blocking = true;
            return null;
        }
        return listener;
    }

    public ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<Stream>(cancellationToken);
        CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(static (state, token) => ((PolledListener)state!).Cancel(token), this);
        Exception? failure;
        lock (_gate)
        {
            failure = _isDisposed ? new ObjectDisposedException(nameof(PolledListener)) : TryAwait();
            // Cancelled before, it would not be cancelled again.
            if (failure is null && !cancellationToken.IsCancellationRequested)
            {
                _core.Reset();
                _cancelling = cancelling;
                _isAsked = true;
                return new ValueTask<Stream>(this, _core.Version);
            }
        }
        cancelling.Unregister();
        return failure is null ? ValueTask.FromCanceled<Stream>(cancellationToken) : ValueTask.FromException<Stream>(failure);
    }

    public void Dispose()
    {
        bool asked;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            (asked, _isAsked) = (_isAsked, false);
            foreach (Port port in _ports)
            {
                _thread.Remove(port, port.Socket);
                port.Socket.Dispose();
            }
        }
        if (asked) End(null, new ObjectDisposedException(nameof(PolledListener)));
    }

    Stream IValueTaskSource<Stream>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Stream>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<Stream>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Under the lock: whoever has connected already is told again.</summary>
    private IOException? TryAwait()
    {
        try
        {
            foreach (Port port in _ports)
            {
                if (!port.MayHaveMore) continue;
                _thread.Await(port, port.Socket, Readiness.Read | Readiness.EdgeTriggered);
                port.MayHaveMore = false;
            }
            return null;
        }
        catch (Win32Exception e)
        {
            return new IOException($"Cannot wait for connections at {Endpoint}: {e.Message}", e);
        }
    }

    private void AcceptAt(Port port)
    {
        Stream? accepted = null;
        Exception? failure = null;
        lock (_gate)
        {
            port.MayHaveMore = true;
            if (!_isAsked) return;
            try
            {
                accepted = StreamOf(port.Socket.Accept());
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // Whoever it was has gone again, and the next one is announced.
                return;
            }
            catch (SocketException e)
            {
                failure = new IOException($"Accepting at {Endpoint} failed: {e.Message}", e);
            }
            _isAsked = false;
        }
        End(accepted, failure);
    }

    private Stream StreamOf(Socket accepted)
    {
        _thread.Welcome();
        if (accepted.ProtocolType == ProtocolType.Tcp) accepted.NoDelay = true;
        return (Stream?)_thread.TryServe(accepted) ?? new NetworkStream(accepted, ownsSocket: true);
    }

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            // It may come late, when another accept is under way.
            if (!_isAsked || _cancelling.Token != token) return;
            _isAsked = false;
        }
        End(null, new OperationCanceledException(token));
    }

    private void End(Stream? accepted, Exception? failure)
    {
        _cancelling.Unregister();
        if (accepted is not null) _core.SetResult(accepted);
        else _core.SetException(failure!);
    }

    /// <summary>One of the sockets.</summary>
    private sealed class Port(PolledListener listener, Socket socket, long number) : IPolled
    {
        public long Number => number;

        public Socket Socket => socket;

        /// <summary>Somebody may have connected of whom the thread won't tell again by itself.</summary>
        public bool MayHaveMore { get; set; }

        public void OnReady(Readiness ready) => listener.AcceptAt(this);
    }
}
