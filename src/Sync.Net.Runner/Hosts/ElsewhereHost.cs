namespace Sync.Net.Runner.Hosts;

/// <summary>A host where somebody else starts the member (V2).</summary>
internal sealed class ElsewhereHost(string name) : RunHost(name)
{
    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Somebody else starts the members of '{Name}'.");
}
