namespace Sync.Net.Runner.Hosts;

/// <summary>What a host is to start.</summary>
internal sealed record WorkerStart
{
    /// <summary>A random name, unique to the worker: the value of SYNC_NET_WORKER in its environment, by which all its processes are found.</summary>
    public required string Cookie { get; init; }

    public required string Member { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>What is set, the group's key among it: never on a command line.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public string? WorkingFolder { get; init; }

    public IReadOnlyCollection<string> Files { get; init; } = [];

    /// <summary>A file of this machine that is to get the record of its calls, where its host can't write to that itself; null for none.</summary>
    public string? RecordFile { get; init; }

    /// <summary>How long its processes may go on after they lost the runner; then they end.</summary>
    public required TimeSpan LostRunnerTimeout { get; init; }

    /// <summary>Takes its output as it comes, one call at a time: bytes, and whether they are standard error's. Returns when there is room for more.</summary>
    public required Func<ReadOnlyMemory<byte>, bool, ValueTask> Output { get; init; }
}
