namespace Sync.Net.Transport;

/// <summary>Accepts from two listeners as if they were one, known by the first's endpoint.</summary>
internal sealed class PairedListener(IListener first, IListener second) : IListener
{
    private volatile bool _disposed;
    private Task<Stream>? _fromFirst;
    private Task<Stream>? _fromSecond;

    public SyncEndpoint Endpoint => first.Endpoint;

    public async ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        // An accept that lost the race, or whose caller went away, serves the next call.
        _fromFirst ??= first.AcceptAsync(CancellationToken.None).AsTask();
        _fromSecond ??= second.AcceptAsync(CancellationToken.None).AsTask();
        Task<Stream> accepted = await Task.WhenAny(_fromFirst, _fromSecond).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (accepted == _fromFirst) _fromFirst = null;
        else _fromSecond = null;
        return await accepted.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _disposed = true;
        first.Dispose();
        second.Dispose();
        _ = CloseAsync(_fromFirst);
        _ = CloseAsync(_fromSecond);
    }

    /// <summary>What was accepted and given to nobody.</summary>
    private static async Task CloseAsync(Task<Stream>? accept)
    {
        if (accept is null) return;
        try
        {
            await (await accept.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException or IOException)
        {
            // As a rule: the listener is closed.
        }
    }
}
