using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

/// <summary>A member whose part the runner's own process plays.</summary>
internal sealed class ActionWorker : Worker
{
    /// <summary>How long it may take to see that it is to end; then nobody waits for it any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<WorkerEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;

    private ActionWorker(TimeProvider clock) => _clock = clock;

    /// <summary>What it threw; null if nothing.</summary>
    public Exception? Failure { get; private set; }

    public override Task<WorkerEnd> Completion => _completion.Task;

    public static ActionWorker Start(SyncOptions options, Func<SyncGroup, CancellationToken, Task> action, TimeProvider clock)
    {
        var worker = new ActionWorker(clock);
        _ = Task.Run(() => worker.RunAsync(options, action), CancellationToken.None);
        return worker;
    }

    public override async Task KillAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task ended = _completion.Task;
        await ended.WaitAsync(Patience, _clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _completion.TrySetResult(new WorkerEnd(null, null));
    }

    public override Task<IReadOnlyList<string>> CollectAsync(IReadOnlyCollection<string> patterns, string folder, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    // The token may be looked at by an action that did not end in time.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RunAsync(SyncOptions options, Func<SyncGroup, CancellationToken, Task> action)
    {
        try
        {
            await SyncGroup.RunAsync(options, action, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Failure = e;
        }
        _completion.TrySetResult(new WorkerEnd(null, null));
    }
}
