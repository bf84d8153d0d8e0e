namespace Sync.Net.Runner.Hosts;

/// <summary>This machine.</summary>
internal sealed class LocalHost() : RunHost("local")
{
    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken) => throw new NotSupportedException();
}
