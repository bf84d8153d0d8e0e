using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner;

/// <summary>Where a member of a run is started.</summary>
public abstract class RunHost
{
    private protected RunHost(string name) => Name = name;

    /// <summary>This machine.</summary>
    public static RunHost Local { get; } = new LocalHost();

    /// <summary>A host that the system's <c>ssh</c> reaches, with its own configuration, agent and jump hosts.</summary>
    /// <param name="destination">As ssh takes it: <c>[user@]host</c>, <c>ssh://…</c>, or a name of its configuration.</param>
    /// <param name="configuration">A configuration file in place of the user's own; null: the user's own.</param>
    /// <returns>The host.</returns>
    public static RunHost Ssh(string destination, string? configuration = null) => new SshHost(destination, configuration);

    /// <summary>A network namespace of this machine, as <c>ip netns</c> makes it: another host for tests. Linux, root.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The host.</returns>
    public static RunHost NetworkNamespace(string name) => new NamespaceHost(name);

    /// <summary>A host where somebody else starts the member (V2): the runner tells the line to paste there, and waits for it to join.</summary>
    /// <param name="name">For people.</param>
    /// <returns>The host.</returns>
    public static RunHost Elsewhere(string name) => new ElsewhereHost(name);

    /// <summary>For people and results; unique in a run.</summary>
    public string Name { get; }

    /// <summary>Whether 127.0.0.1 is the same there as here.</summary>
    internal virtual bool HasLoopbackOfThisMachine => false;

    /// <summary>Whether a Unix socket of this machine is there too.</summary>
    internal virtual bool HasFilesOfThisMachine => HasLoopbackOfThisMachine;

    /// <summary>Starts a worker there; returns as soon as it runs.</summary>
    /// <exception cref="HostException">The host can't be reached, or the command can't be started.</exception>
    internal abstract Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken);
}
