namespace Sync.Net.Runtime.Server;

internal sealed partial class ServerShell
{
    /// <summary>How long the members have to take what was decided, and to say goodbye.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopNow = new();

    /// <summary>Stops in good order; may be called more than once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task stop = _stop.Value;
        using (cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _stopNow))
        {
            await stop.ConfigureAwait(false);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync() => await _stop.Value.ConfigureAwait(false);

    private async Task StopCoreAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_listener is not null) LocalServers.Remove(_listener.Endpoint, Settings.Key, Settings.Transport);
        _listener?.Dispose();
        await _accepting.ConfigureAwait(false);
        _gate.Dispose();
        _server.IsStopping = true;
        foreach ((_, Group group) in _server.Groups.All) Close(group);
        int cut = await WaitForMembersAsync().ConfigureAwait(false);
        _carriers.Dispose();
        if (_server.Journal is { } journal) await journal.WhenIdleAsync().ConfigureAwait(false);
        _server.Timer.Dispose();
        await FlushObserverAsync().WaitAsync(StopTimeout, _server.Clock, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Log.Stopped(_server.Logger, cut);
        _completion.TrySetResult();
    }

    /// <summary>Nobody may be told what is not kept, so nobody is told anything any more: calls end undecided, with the reason.</summary>
    private void OnStoreFailed(Exception e)
    {
        Log.StoreFailed(_server.Logger, e);
        foreach ((_, Group group) in _server.Groups.All)
        {
            Batch batch = group.Rent();
            group.Fail(batch, $"The server can't keep what it is told, and ends: {e.Message}");
            group.Flush(batch);
        }
        _completion.TrySetException(e);
        _ = _stop.Value;
    }

    private static void Close(Group group)
    {
        Batch batch = group.Rent();
        group.Close(batch);
        group.Flush(batch);
    }

    /// <summary>Each member that was told answers with its goodbye. Returns how many did not.</summary>
    private async Task<int> WaitForMembersAsync()
    {
        Task ended = _server.Connections.WhenEnded();
        try
        {
            await ended.WaitAsync(StopTimeout, _server.Clock, _stopNow.Token).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            int cut = _server.Connections.Count;
            _server.Connections.AbortAll("the server stopped");
            await ended.ConfigureAwait(false);
            return cut;
        }
    }
}
