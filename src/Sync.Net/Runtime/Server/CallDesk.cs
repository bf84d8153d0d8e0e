using System.IO.Pipelines;

namespace Sync.Net.Runtime.Server;

/// <summary>Takes over a stream on which a master has called a member of this process; says hello next, and disposes.</summary>
internal delegate void CallHandler(Stream stream, PipeReader reader);

/// <summary>Brings together masters' calls and the members that await one (the reverse direction).</summary>
internal sealed class CallDesk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Group, string Member), CallHandler> _awaiting = [];
    private TaskCompletionSource _changed = New();

    /// <summary>Calls of this member go to the handler until the result is disposed.</summary>
    public IDisposable Await(string group, string member, CallHandler handler)
    {
        lock (_gate)
        {
            if (!_awaiting.TryAdd((group, member), handler))
                throw new InvalidOperationException($"A call of {member} in group {group} is awaited already.");
            _changed.SetResult();
            _changed = New();
        }
        return new Registration(this, (group, member));
    }

    /// <summary>The member's handler; waits for one until the token ends.</summary>
    public async ValueTask<CallHandler> FindAsync(string group, string member, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_awaiting.TryGetValue((group, member), out CallHandler? handler)) return handler;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Remove((string Group, string Member) key)
    {
        lock (_gate) _awaiting.Remove(key);
    }

    private sealed class Registration(CallDesk desk, (string Group, string Member) key) : IDisposable
    {
        private CallDesk? _desk = desk;

        public void Dispose() => Interlocked.Exchange(ref _desk, null)?.Remove(key);
    }
}
