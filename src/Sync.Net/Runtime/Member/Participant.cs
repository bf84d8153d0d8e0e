using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>The calls of one public object: it shares its member's connections with others of the same id and ends what is open when it goes.</summary>
internal sealed class Participant(Type owner) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<MemberPlan, MemberRuntimes.Lease> _leases = [];
    private readonly HashSet<(MemberRuntime Runtime, Call Call)> _open = [];
    private bool _disposed;

    private bool IsDisposed
    {
        get
        {
            lock (_gate) return _disposed;
        }
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, owner);

    /// <summary>Runs one call to its end.</summary>
    /// <param name="plan">Who calls, and where the server is.</param>
    /// <param name="create">Makes the member's runtime, should this be its first use.</param>
    /// <param name="make">Makes the call, given what takes its end.</param>
    /// <param name="started">What is to happen once the call has begun.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<CallEnd> RunAsync(
        MemberPlan plan,
        Func<MemberPlan, MemberRuntime> create,
        Func<Action<CallEnd, bool>, Call> make,
        Action<MemberRuntime>? started,
        CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested) return new CallEnd.Cancelled();
        MemberRuntime runtime = await RuntimeAsync(plan, create).ConfigureAwait(false);

        var end = new CallWait();
        Call call = make(end.Set);
        lock (_gate)
        {
            if (_disposed) return new CallEnd.Disposed();
            _open.Add((runtime, call));
        }
        try
        {
            runtime.Start(call);
            started?.Invoke(runtime);
            // Disposed between the registration and the start: the machine did not know the call then.
            if (IsDisposed) runtime.Dispose(call);
            await using (cancellationToken.UnsafeRegister(static state => Cancel(state!), (runtime, call)).ConfigureAwait(false))
            {
                return await end.Ended.ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_gate) _open.Remove((runtime, call));
        }
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
            open = [.. _open];
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

    private async ValueTask<MemberRuntime> RuntimeAsync(MemberPlan plan, Func<MemberPlan, MemberRuntime> create)
    {
        lock (_gate)
        {
            if (_leases.TryGetValue(plan, out MemberRuntimes.Lease? held)) return held.Runtime;
        }
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
