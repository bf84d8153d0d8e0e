namespace Sync.Net.Runner.Hosts;

/// <summary>A network namespace of this machine.</summary>
internal sealed class NamespaceHost(string name) : RunHost(name)
{
    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken) => throw new NotSupportedException();
}
