using Sync.Net.Runtime.Server;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>Listens for the master's call (the reverse direction).</summary>
internal sealed class CalledConnector(ConnectorSettings settings) : IConnector
{
    private readonly LinkMaker _links = new(settings);

    private HostedServers.Lease? _listening;
    private IDisposable? _awaiting;
    private Task _attempt = Task.CompletedTask;

    public void Begin(Way way, bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken)
    {
        Task attempt = AwaitCallAsync(resume, sink, failed, cancellationToken);
        if (!attempt.IsCompleted) _attempt = attempt;
    }

    public async ValueTask DisposeAsync()
    {
        await _attempt.ConfigureAwait(false);
        _awaiting?.Dispose();
        await _links.DisposeAsync().ConfigureAwait(false);
        if (_listening is not null) await _listening.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AwaitCallAsync(bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken)
    {
        try
        {
            _listening ??= HostedServers.TryShare(settings.Plan.Endpoint, settings.Plan.Key, settings.Plan.Transport);
            ServerShell? server = LocalServers.Find(settings.Plan.Endpoint, settings.Plan.Key, settings.Plan.Transport);
            if (server is null)
            {
                _listening ??= await HostedServers.AcquireAsync(settings.Plan.Endpoint, settings.Hosting, settings.Logger).ConfigureAwait(false);
                server = _listening.Server;
            }
            _awaiting?.Dispose();
            _awaiting = server.AwaitCall(settings.Plan.Group, settings.Plan.Member, (stream, reader) =>
            {
                _awaiting?.Dispose();
                _attempt = _links.MakeAsync(stream, reader, resume, sink, failed, cancellationToken, cancellationToken);
            });
        }
        catch (Exception e) when (e is BindException or InvalidOperationException)
        {
            // Nobody else's server can take the master's call for this member, so there is nothing to share.
            failed(new AttemptFailure(AttemptFailureKind.Fatal, e.Message));
        }
    }
}
