namespace Sync.Net.Runner.Hosts;

/// <summary>How a worker ended: by an exit code, by a signal, or not known since its host was lost.</summary>
internal sealed record WorkerEnd(int? ExitCode, int? Signal, string? HostLost = null);
