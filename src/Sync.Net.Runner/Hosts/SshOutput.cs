namespace Sync.Net.Runner.Hosts;

/// <summary>One output of a worker on another host, which comes in numbered pieces: each whole, once, in order.</summary>
internal sealed class SshOutput(char name, string marker, Func<ReadOnlyMemory<byte>, ValueTask> output)
{
    private readonly EndMarker _end = new($"\0{marker}\n");
    private bool _takerFailed;

    public char Name { get; } = name;

    /// <summary>The last piece that was taken; what is up to it may be removed on the host.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether all that the worker itself wrote has come.</summary>
    public bool IsComplete => _end.Came;

    public async ValueTask TakeAsync(ReadOnlyMemory<byte> piece)
    {
        await _end.PassAsync(piece, DeliverAsync).ConfigureAwait(false);
        Taken++;
    }

    public ValueTask FinishAsync() => _end.FinishAsync(DeliverAsync);

    private async ValueTask DeliverAsync(ReadOnlyMemory<byte> piece)
    {
        try
        {
            if (!_takerFailed) await output(piece).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The taker is not ours; the worker's output is read on, or it would block for ever.
        catch (Exception)
#pragma warning restore CA1031
        {
            _takerFailed = true;
        }
    }
}
