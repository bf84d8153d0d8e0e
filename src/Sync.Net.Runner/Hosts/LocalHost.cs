namespace Sync.Net.Runner.Hosts;

/// <summary>This machine.</summary>
internal sealed class LocalHost() : RunHost("local")
{
    internal override bool HasLoopbackOfThisMachine => true;

    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WorkingFolder folder = WorkingFolder.Prepare(start, ownIfNotGiven: false);
        return Task.FromResult<Worker>(ProcessWorker.Start(start, folder, [], TimeProvider.System));
    }
}
