using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>One thread that tells many streams and listeners when their sockets are ready. Starts with the first of them, and stays.</summary>
/// <remarks>
/// What awaits a read or an accept may run on it (<see cref="PolledStream.ContinueOnPollThread"/>), so that must be short, must never
/// block, and must not be user code.
/// </remarks>
internal sealed class PollThread
{
    public const Readiness ToRead = Readiness.Read | Readiness.End | Readiness.EdgeTriggered;

    private const int MostEvents = 256;

    /// <summary>What may be written without a pause on the thread, before others get their turn.</summary>
    private const int MostWritten = 1024 * 1024;

    /// <summary>How long the thread stays awake for somebody who has just come, and as a rule has more to say at once: longer than all that a command says.</summary>
    private static readonly long Welcoming = Stopwatch.Frequency * 300 / 1_000_000;

    private static readonly Lazy<PollThread?> One = new(static () => Epoll.TryOpen() is { } epoll ? new PollThread(epoll) : null);

    /// <summary>Enough for what many small frames, or a good part of a large one, need at once.</summary>
    private const int SharedBytes = 256 * 1024;

    [ThreadStatic]
    private static PollThread? current;

    private readonly Epoll _epoll;
    private readonly Lock _starting = new();
    private readonly ConcurrentDictionary<long, IPolled> _polled = new();
    private long _lastNumber;
    private readonly byte[] _shared = GC.AllocateUninitializedArray<byte>(SharedBytes, pinned: true);
    private bool _isStarted;
    private int _written;

    /// <summary>When to sleep again; 0 as a rule.</summary>
    private long _awakeUntil;

    private PollThread(Epoll epoll) => _epoll = epoll;

    /// <summary>The one of this process; null where the system has none.</summary>
    public static PollThread? OfProcess => One.Value;

    /// <summary>Whether the calling thread is one, and must not be held up.</summary>
    public static bool IsCurrent => current is not null;

    /// <summary>The buffer of the calling thread, which is a poll thread; good until it returns to its loop.</summary>
    public static byte[] Shared => current!._shared;

    /// <summary>By which it knows whom it tells; never used again.</summary>
    public long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>The socket's stream; null when the system has no room for one more.</summary>
    /// <param name="connected">Never used asynchronously. The stream owns it.</param>
    public PolledStream? TryServe(Socket connected)
    {
        connected.Blocking = false;
        var stream = new PolledStream(connected, this, NextNumber());
        if (TryAdd(stream, connected, ToRead)) return stream;
        connected.Blocking = true;
        return null;
    }

    /// <summary>Tells it what its socket is ready for; false when the system has no room for one more.</summary>
    public bool TryAdd(IPolled polled, Socket socket, Readiness interest)
    {
        _polled[polled.Number] = polled;
        try
        {
            _epoll.Add(socket.SafeHandle, polled.Number, interest);
            Start();
            return true;
        }
        catch (Exception e) when (e is Win32Exception or OutOfMemoryException or ThreadStartException)
        {
            Remove(polled, socket);
            return false;
        }
    }

    /// <summary>Tells it what its socket is ready for from now on, and soon what it is ready for already.</summary>
    public void Await(IPolled polled, Socket socket, Readiness interest) => _epoll.Modify(socket.SafeHandle, polled.Number, interest);

    /// <summary>Called before the socket is closed; an event of it that is on its way reaches nobody.</summary>
    public void Remove(IPolled polled, Socket socket)
    {
        _epoll.Remove(socket.SafeHandle);
        _polled.TryRemove(polled.Number, out _);
    }

    /// <summary>Whether a write may be carried out at once, because this is another thread or it has not written too much.</summary>
    public static bool MayWrite(int bytes)
    {
        if (current is not { } thread) return true;
        if (thread._written >= MostWritten) return false;
        thread._written += bytes;
        return true;
    }

    /// <summary>Called on the thread: somebody has just connected.</summary>
    public void Welcome() => _awakeUntil = Stopwatch.GetTimestamp() + Welcoming;

    private void Start()
    {
        lock (_starting)
        {
            if (_isStarted) return;
            // Not with the context of whoever happens to listen.
            new Thread(Run) { IsBackground = true, Name = "Sync.Net server" }.UnsafeStart();
            _isStarted = true;
        }
    }

    private void Run()
    {
        current = this;
        var events = new EpollEvents(MostEvents);
        while (true)
        {
            int count = Next(events);
            for (int i = 0; i < count; i++)
            {
                (Readiness ready, long number) = events[i];
                _written = 0;
                if (_polled.TryGetValue(number, out IPolled? polled)) polled.OnReady(ready);
            }
        }
    }

    /// <summary>Waits for events. To be put to sleep and woken takes longer than most answers do.</summary>
    private int Next(EpollEvents events)
    {
        while (_awakeUntil != 0)
        {
            if (_epoll.Look(events) is > 0 and var count) return count;
            if (Stopwatch.GetTimestamp() >= _awakeUntil) _awakeUntil = 0;
            else Thread.Yield();
        }
        return _epoll.Wait(events);
    }
}
