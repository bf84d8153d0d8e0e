namespace Sync.Net.Runner.Hosts;

/// <summary>How a worker ended: by an exit code, by a signal, or not known since its host was lost.</summary>
internal sealed record WorkerEnd(int? ExitCode, int? Signal, string? HostLost = null)
{
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <summary>Reads a code as every shell does: 128 + n is death by signal n. A command that ends with such a code by itself can't be told apart.</summary>
    public static WorkerEnd OfCode(int code) => code is > SignalBase and <= SignalBase + LastSignal ? new WorkerEnd(null, code - SignalBase) : new WorkerEnd(code, null);
}
