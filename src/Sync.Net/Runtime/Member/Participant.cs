using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>The calls of one public object: it shares its member's connections with others of the same id and ends what is open when it goes.</summary>
internal sealed class Participant : IAsyncDisposable
{
    /// <summary>A timeout of zero is judged once the member has arrived; that takes no longer than this.</summary>
    private static readonly TimeSpan PatienceOfZero = TimeSpan.FromSeconds(1);

    private readonly Type _owner;
    private readonly Action<long> _forget;
    private readonly Lock _gate = new();
    private readonly Dictionary<MemberPlan, MemberRuntimes.Lease> _leases = [];
    private readonly Dictionary<long, (MemberRuntime Runtime, Call Call)> _open = [];
    private MemberRuntimes.Lease? _latest;
    private long _lastCall;
    private bool _disposed;

    /// <param name="owner">The public type whose objects are named when they are used after their end.</param>
    public Participant(Type owner)
    {
        _owner = owner;
        _forget = Forget;
    }

    private bool IsDisposed
    {
        get
        {
            lock (_gate) return _disposed;
        }
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, _owner);

    /// <summary>Runs one call to its end.</summary>
    /// <param name="plan">Who calls, and where the server is.</param>
    /// <param name="create">Makes the member's runtime, should this be its first use.</param>
    /// <param name="timeout">How long the caller waits; null for ever.</param>
    /// <param name="make">Makes the call, given what is left of the timeout and what takes its end.</param>
    /// <param name="started">What is to happen once the call has begun.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public ValueTask<CallEnd> RunAsync(
        MemberPlan plan,
        Func<MemberPlan, MemberRuntime> create,
        TimeSpan? timeout,
        Func<TimeSpan?, Action<CallEnd, bool>, Call> make,
        Action<MemberRuntime>? started,
        CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested) return new(new CallEnd.Cancelled());
        return RuntimeOf(plan) is { } runtime
            ? RunAsync(runtime, timeout, make, started, cancellationToken)
            : RunFirstAsync(plan, create, timeout, make, started, cancellationToken);
    }

    /// <remarks>No asynchronous method: each layer of them costs a meeting something.</remarks>
    private ValueTask<CallEnd> RunAsync(
        MemberRuntime runtime,
        TimeSpan? timeout,
        Func<TimeSpan?, Action<CallEnd, bool>, Call> make,
        Action<MemberRuntime>? started,
        CancellationToken cancellationToken)
    {
        CallWait end;
        Call call;
        long number;
        lock (_gate)
        {
            if (_disposed) return new(new CallEnd.Disposed());
            number = ++_lastCall;
            end = new CallWait(_forget, number);
            call = make(timeout, end.Set);
            _open.Add(number, (runtime, call));
        }
        try
        {
            runtime.Start(call);
            started?.Invoke(runtime);
            // Disposed between the registration and the start: the machine did not know the call then.
            if (IsDisposed) runtime.Dispose(call);
            if (cancellationToken.CanBeCanceled) end.Cancelling = cancellationToken.UnsafeRegister(static state => Cancel(state!), (runtime, call));
        }
        catch
        {
            Forget(number);
            throw;
        }
        return end.Ended;
    }

    private async ValueTask<CallEnd> RunFirstAsync(
        MemberPlan plan,
        Func<MemberPlan, MemberRuntime> create,
        TimeSpan? timeout,
        Func<TimeSpan?, Action<CallEnd, bool>, Call> make,
        Action<MemberRuntime>? started,
        CancellationToken cancellationToken)
    {
        long begun = plan.Time.GetTimestamp();
        ValueTask<MemberRuntime> acquiring = RuntimeAsync(plan, create);
        // A former object of this member is still saying its goodbye, which neither the deadline nor the caller waits for.
        TimeSpan patience = timeout == TimeSpan.Zero ? PatienceOfZero : timeout ?? Timeout.InfiniteTimeSpan;
        MemberRuntime runtime;
        try
        {
            runtime = acquiring.IsCompletedSuccessfully
                ? acquiring.Result
                : await acquiring.AsTask().WaitAsync(patience, plan.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new CallEnd.Cancelled();
        }
        catch (TimeoutException)
        {
            return new CallEnd.NeverReached("a former object of this member was still saying its goodbye");
        }
        if (timeout is { } whole) timeout = TimeSpan.FromTicks(Math.Max(0, (whole - plan.Time.GetElapsedTime(begun)).Ticks));
        return await RunAsync(runtime, timeout, make, started, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a call on a runtime that this participant has; it ends with the participant, and nobody awaits it.</summary>
    public void Follow(MemberPlan plan, Func<Action<CallEnd, bool>, Call> make, Action<CallEnd> ended)
    {
        MemberRuntime runtime;
        Call call;
        lock (_gate)
        {
            if (_disposed) return;
            runtime = _leases[plan].Runtime;
            long number = 0;
            call = make((end, _) =>
            {
                Forget(number);
                ended(end);
            });
            number = ++_lastCall;
            _open.Add(number, (runtime, call));
        }
        runtime.Start(call);
        if (IsDisposed) runtime.Dispose(call);
    }

    /// <summary>The member's part is over for good, or (<paramref name="isKilled"/>) ends without a word.</summary>
    public async ValueTask LeaveAsync(bool isKilled)
    {
        MemberRuntime[] runtimes;
        lock (_gate) runtimes = [.. _leases.Values.Select(static lease => lease.Runtime)];
        foreach (MemberRuntime runtime in runtimes)
        {
            if (isKilled) await runtime.KillAsync().ConfigureAwait(false);
            else runtime.Leaves = true;
        }
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        (MemberRuntime Runtime, Call Call)[] open;
        MemberRuntimes.Lease[] leases;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            open = [.. _open.Values];
            leases = [.. _leases.Values];
        }
        foreach ((MemberRuntime runtime, Call call) in open) runtime.Dispose(call);
        foreach (MemberRuntimes.Lease lease in leases) await lease.DisposeAsync().ConfigureAwait(false);
    }

    private static void Cancel(object state)
    {
        (MemberRuntime runtime, Call call) = ((MemberRuntime, Call))state;
        runtime.Cancel(call);
    }

    private void Forget(long number)
    {
        lock (_gate) _open.Remove(number);
    }

    /// <summary>The runtime that is there already; null before a plan's first call.</summary>
    private MemberRuntime? RuntimeOf(MemberPlan plan)
    {
        lock (_gate)
        {
            // The same plan as a rule, and comparing two different ones takes a while.
            if (!ReferenceEquals(_latest?.Plan, plan)) _latest = _leases.GetValueOrDefault(plan);
            return _latest?.Runtime;
        }
    }

    private async ValueTask<MemberRuntime> RuntimeAsync(MemberPlan plan, Func<MemberPlan, MemberRuntime> create)
    {
        MemberRuntimes.Lease lease = await MemberRuntimes.AcquireAsync(plan, create).ConfigureAwait(false);
        bool surplus;
        lock (_gate)
        {
            surplus = _disposed || !_leases.TryAdd(plan, lease);
        }
        // Two first calls at once: both got the same runtime, one share is enough.
        if (surplus) await lease.DisposeAsync().ConfigureAwait(false);
        return lease.Runtime;
    }
}
