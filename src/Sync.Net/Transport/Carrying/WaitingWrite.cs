namespace Sync.Net.Transport.Carrying;

/// <summary>A lane's write that waits for room in its carrier; whoever awaits it goes on on the pool.</summary>
internal sealed class WaitingWrite(Lane lane, ReadOnlyMemory<byte> rest) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Lane Lane => lane;

    /// <summary>What is not taken yet. Guarded by the writer's lock.</summary>
    public ReadOnlyMemory<byte> Rest { get; set; } = rest;

    public CancellationTokenRegistration Cancelling { get; set; }
}
