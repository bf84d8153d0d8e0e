namespace Sync.Net.Runner.Hosts;

/// <summary>A member's process on some host, with all that it starts.</summary>
internal abstract class Worker : IAsyncDisposable
{
    /// <summary>Completes when its own process has ended and its output was read, or when its host is lost. Never faults.</summary>
    public abstract Task<WorkerEnd> Completion { get; }

    /// <summary>Ends all its processes, those too that detached from it; returns when none is left. Bounded in time; never throws.</summary>
    public abstract Task KillAsync();

    /// <summary>Brings files of its working folder into a local folder; after its end.</summary>
    /// <returns>Paths relative to that folder.</returns>
    public abstract Task<IReadOnlyList<string>> CollectAsync(IReadOnlyCollection<string> patterns, string folder, CancellationToken cancellationToken);

    /// <summary>Brings the record of its calls, where that is not here already, and measures the host's clock; after its end.</summary>
    /// <returns>How the host's clock differs; null if that is not known.</returns>
    public virtual Task<ClockOffset?> TakeRecordAsync(CancellationToken cancellationToken) => Task.FromResult<ClockOffset?>(null);

    /// <summary>Ends what is left of it, and removes what it left on its host.</summary>
    public abstract ValueTask DisposeAsync();
}
