namespace Sync.Net.Tests.Transport;

/// <summary>User code that goes on on the reading thread and keeps it, after the next read was asked for.</summary>
internal sealed class KeptThread : IDisposable
{
    private readonly ManualResetEventSlim _leave = new();
    private readonly TaskCompletionSource<Task<int>> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KeptThread()
    {
    }

    /// <summary>The read that was asked for before the thread was kept.</summary>
    public Task<Task<int>> NextAsync => _next.Task;

    public string? ThreadName { get; private set; }

    public Task Left { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a read; its end is where the thread is kept.</summary>
    public static KeptThread After(Stream stream, CancellationToken token)
    {
        var kept = new KeptThread();
        kept.Left = kept.KeepAsync(stream, token);
        return kept;
    }

    public void Leave() => _leave.Set();

    public void Dispose() => _leave.Dispose();

    private async Task KeepAsync(Stream stream, CancellationToken token)
    {
        await stream.ReadAsync(new byte[1], token).ConfigureAwait(false);
        ThreadName = Thread.CurrentThread.Name;
        _next.SetResult(stream.ReadAsync(new byte[1], token).AsTask());
        _leave.Wait(token);
    }
}
