using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>
/// The shell round a <see cref="MemberMachine"/>: one lock, one timer, and the link of the moment. Posts go to the link
/// under the lock, so that they keep their order; everything else happens after the lock is released.
/// </summary>
internal sealed class MemberRuntime : IMemberSink, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly MemberMachine _machine;
    private readonly IConnector _connector;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<MemberAction> _actions = [];

    /// <summary>For what is done outside the lock, as a rule by one thread at a time.</summary>
    private List<MemberAction>? _spare;

    /// <summary>When the timer calls back; null while it is not set.</summary>
    private TimeSpan? _timerAt;

    private IMemberLink? _link;
    private IMemberLink? _stalled;
    private bool _disposed;

    public MemberRuntime(MemberMachine machine, IConnector connector, TimeProvider time)
    {
        _machine = machine;
        _connector = connector;
        _time = time;
        _startedAt = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((MemberRuntime)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IConnector Connector => _connector;

    /// <summary>The goodbye says that the member leaves its group for good.</summary>
    public bool Leaves { get; set; }

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    public void Start(Call call)
    {
        bool disposed;
        Deferred deferred = default;
        lock (_gate)
        {
            disposed = _disposed;
            if (!disposed)
            {
                _machine.Start(call, Now, _actions);
                deferred = Carry();
            }
        }
        if (disposed) call.Complete(new CallEnd.Disposed(), false);
        else Finish(deferred);
    }

    public void Cancel(Call call)
    {
        Deferred deferred;
        lock (_gate)
        {
            _machine.Cancel(call, Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    /// <summary>Ends a call because its owner is disposed.</summary>
    public void Dispose(Call call)
    {
        Deferred deferred;
        lock (_gate)
        {
            _machine.Dispose(call, Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    /// <summary>The member goes: open calls end as disposed, the link with a goodbye.</summary>
    public ValueTask DisposeAsync() => EndAsync(isKilled: false);

    /// <summary>The member ends as if its process were killed: open calls end as disposed, the link without a goodbye.</summary>
    public ValueTask KillAsync() => EndAsync(isKilled: true);

    private async ValueTask EndAsync(bool isKilled)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _machine.Depart(Leaves, _actions);
            if (isKilled) _actions[^1] = new MemberAction(MemberActionKind.CloseLink);
            deferred = Carry();
        }
        Finish(deferred);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _connector.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    public void OnSeated(IMemberLink link, Term term)
    {
        Deferred deferred = default;
        IMemberLink? old = null;
        bool disposed;
        lock (_gate)
        {
            disposed = _disposed;
            if (!disposed)
            {
                (old, _stalled) = (_stalled, null);
                _link = link;
                _machine.Seated(term, Now, _actions);
                deferred = Carry();
            }
        }
        old?.Close();
        if (disposed)
        {
            link.Post(new Coordination.Depart(0, Leaves));
            link.Flush();
        }
        else
        {
            Finish(deferred);
        }
    }

    public void OnAnswer(IMemberLink link, long request, long generation, Outcome outcome)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (!IsHeard(link)) return;
            _machine.Answered(request, generation, outcome, Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    public void OnDecision(IMemberLink link, SessionKey session, long generation, Outcome outcome)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (!IsHeard(link)) return;
            _machine.Decided(session, generation, outcome, Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    public void OnNeedRoster(IMemberLink link, long request)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (!ReferenceEquals(link, _link)) return;
            _machine.NeedRoster(request, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    public void OnClosing(IMemberLink link)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (!IsHeard(link)) return;
            _link = _stalled = null;
            _machine.Closing(Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    public void OnRefused(IMemberLink? link, RefuseReason reason, string text)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (link is not null && !ReferenceEquals(link, _link)) return;
            _machine.Refused(reason, text, Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    public void OnDown(IMemberLink link, bool stalled, string reason)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (!ReferenceEquals(link, _link)) return;
            _link = null;
            if (stalled) _stalled = link;
            _machine.Down(reason, Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    /// <summary>A stalled link counts until the next one has the seat: what it says is acknowledged to the server, so it must not be lost.</summary>
    private bool IsHeard(IMemberLink link) => ReferenceEquals(link, _link) || ReferenceEquals(link, _stalled);

    private void OnAttemptFailed(AttemptFailure failure)
    {
        Deferred deferred;
        lock (_gate)
        {
            if (_disposed) return;
            _machine.AttemptFailed(failure, Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    private void OnTimer()
    {
        Deferred deferred;
        lock (_gate)
        {
            _timerAt = null;
            if (_disposed) return;
            _machine.Tick(Now, _actions);
            deferred = Carry();
        }
        Finish(deferred);
    }

    /// <summary>Under the lock: posts what is to be posted, sets the timer, and returns the rest.</summary>
    private Deferred Carry()
    {
        // What is due by now is done now: a timer of no time at all might call back under this lock.
        TimeSpan? next = _machine.NextTick;
        for (int i = 0; i < 4 && next is not null && next <= Now; i++)
        {
            _machine.Tick(Now, _actions);
            next = _machine.NextTick;
        }
        IMemberLink? link = _link;
        List<MemberAction>? rest = null;
        IMemberLink? toClose = null;
        foreach (MemberAction action in _actions)
        {
            switch (action.Kind)
            {
                case MemberActionKind.PostEnter:
                    link!.Post(action.Call!.ToEnter());
                    break;
                case MemberActionKind.PostAbort:
                    link!.Post(action.Call!.ToAbort());
                    break;
                case MemberActionKind.PostWithdraw:
                    link!.Post(action.Withdraw);
                    break;
                case MemberActionKind.PostResumed:
                    link!.Post(action.Resumed);
                    break;
                case MemberActionKind.PostDepart:
                    link!.Post(new Coordination.Depart(0, action.Left));
                    _link = null;
                    break;
                case MemberActionKind.CloseLink:
                    toClose = _link ?? _stalled;
                    _link = _stalled = null;
                    break;
                default:
                    (rest ??= Interlocked.Exchange(ref _spare, null) ?? []).Add(action);
                    break;
            }
        }
        _actions.Clear();
        if (!_disposed) SetTimer(next);
        return new Deferred(link, toClose, rest);
    }

    /// <summary>Outside the lock: bytes first, then attempts and callers.</summary>
    private void Finish(Deferred deferred)
    {
        deferred.Link?.Flush();
        deferred.ToClose?.Close();
        deferred.ToClose?.Flush();
        if (deferred.Rest is null) return;
        foreach (MemberAction action in deferred.Rest)
        {
            if (action.Kind == MemberActionKind.Complete)
            {
                if (!Completions.TryAdd(action.Call!, action.End!)) action.Call!.Complete(action.End!, false);
            }
            else _connector.Begin(action.Way, action.Resume, this, OnAttemptFailed, _stopping.Token);
        }
        deferred.Rest.Clear();
        _spare = deferred.Rest;
    }

    /// <remarks>A timer that calls back too early is set again then: cheaper than to set it at the beginning and at the end of each call.</remarks>
    private void SetTimer(TimeSpan? at)
    {
        if (at is not { } next || next >= _timerAt) return;
        // Timers count whole milliseconds; rounding down would be early.
        double due = Math.Max(1, Math.Ceiling((next - Now).TotalMilliseconds));
        _timerAt = next;
        _timer.Change(TimeSpan.FromMilliseconds(due), Timeout.InfiniteTimeSpan);
    }

    private readonly record struct Deferred(IMemberLink? Link, IMemberLink? ToClose, List<MemberAction>? Rest);
}
