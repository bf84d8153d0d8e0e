namespace Sync.Net.Runner.Hosts;

/// <summary>A host reached by the system's ssh.</summary>
internal sealed class SshHost(string destination, string? configuration) : RunHost(destination)
{
    public string? Configuration { get; } = configuration;

    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken) => throw new NotSupportedException();
}
