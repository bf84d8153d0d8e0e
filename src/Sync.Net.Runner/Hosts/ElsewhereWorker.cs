namespace Sync.Net.Runner.Hosts;

/// <summary>A member that somebody else starts: the runner sees it only in the group, and so the engine tells when it has ended.</summary>
internal sealed class ElsewhereWorker(string line) : Worker
{
    private readonly TaskCompletionSource<WorkerEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What to paste there; it contains the group's key.</summary>
    public string Line { get; } = line;

    public override Task<WorkerEnd> Completion => _end.Task;

    /// <summary>The member left, failed or was lost; the first word counts.</summary>
    public bool End(WorkerEnd end) => _end.TrySetResult(end);

    /// <summary>Out of the runner's reach: its part ends with the group.</summary>
    public override Task KillAsync()
    {
        End(new WorkerEnd(null, null));
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> CollectAsync(IReadOnlyCollection<string> patterns, string folder, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public override ValueTask DisposeAsync() => new(KillAsync());
}
