namespace Sync.Net.Runner.Hosts;

/// <summary>A network namespace of this machine.</summary>
internal sealed class NamespaceHost(string name) : RunHost(name)
{
    private static readonly string[] Folders = ["/run/netns", "/var/run/netns"];

    /// <summary>The runner itself may be in it.</summary>
    internal override bool HasLoopbackOfThisMachine
    {
        get
        {
            try
            {
                // As in "60 42 0:4 net:[4026532463] /run/netns/NAME rw …".
                return new FileInfo("/proc/self/ns/net").LinkTarget is { } own
                    && File.ReadLines("/proc/self/mountinfo").Select(static line => line.Split(' ')).Any(words => words.Length > 4 && words[3] == own && Folders.Any(f => words[4] == $"{f}/{Name}"));
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    internal override bool HasFilesOfThisMachine => true;

    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Folders.Any(f => File.Exists(Path.Combine(f, Name)))) throw new HostException($"Member '{start.Member}': there is no network namespace '{Name}'. Make it: ip netns add {Name}.");
        if (!Environment.IsPrivilegedProcess) throw new HostException($"Member '{start.Member}': only root can start programs in the network namespace '{Name}'.");
        WorkingFolder folder = WorkingFolder.Prepare(start, ownIfNotGiven: true);
        return Task.FromResult<Worker>(ProcessWorker.Start(start, folder, ["ip", "netns", "exec", Name], TimeProvider.System));
    }
}
