using System.Net.Sockets;
using Sync.Net.Runtime.Server;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>Hosts, shares or dials the server of a plan.</summary>
internal sealed class Connector(ConnectorSettings settings) : IConnector
{
    private readonly MemberPlan _plan = settings.Plan;
    private readonly LinkMaker _links = new(settings);

    private HostedServers.Lease? _hosted;
    private Task _attempt = Task.CompletedTask;
    private SharedRoute.Seat? _seat;

    public void Begin(Way way, bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken)
    {
        Task attempt = way == Way.Host
            ? HostAsync(resume, sink, failed)
            : DialAsync(resume, sink, failed, cancellationToken);
        if (!attempt.IsCompleted) _attempt = attempt;
    }

    public async ValueTask DisposeAsync()
    {
        await _attempt.ConfigureAwait(false);
        await _links.DisposeAsync().ConfigureAwait(false);
        if (_hosted is not null) await _hosted.DisposeAsync().ConfigureAwait(false);
    }

    private async Task HostAsync(bool resume, IMemberSink sink, Action<AttemptFailure> failed)
    {
        ServerShell? server = await FindLocalAsync().ConfigureAwait(false);
        if (server is null)
        {
            try
            {
                if (_hosted is not null) await _hosted.DisposeAsync().ConfigureAwait(false);
                _hosted = await HostedServers.AcquireAsync(_plan.Endpoint, settings.Hosting, settings.Logger).ConfigureAwait(false);
                server = _hosted.Server;
            }
            catch (Exception e) when (e is BindException or InvalidOperationException)
            {
                AttemptFailureKind kind = e is BindException { Failure: BindFailure.InUse } ? AttemptFailureKind.InUse : AttemptFailureKind.Fatal;
                failed(new AttemptFailure(kind, e.Message));
                return;
            }
        }
        _links.Attach(server, resume, sink);
    }

    /// <summary>The server of this process, kept alive for as long as this member may use it.</summary>
    private async ValueTask<ServerShell?> FindLocalAsync()
    {
        ServerShell? server = LocalServers.Find(_plan.Endpoint, _plan.Key, _plan.Transport);
        if (server is not null
            && !ReferenceEquals(server, _hosted?.Server)
            && HostedServers.TryShare(_plan.Endpoint, _plan.Key, _plan.Transport) is { } share)
        {
            if (_hosted is not null) await _hosted.DisposeAsync().ConfigureAwait(false);
            _hosted = share;
        }
        return server;
    }

    private async Task DialAsync(bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken)
    {
        if (await FindLocalAsync().ConfigureAwait(false) is { } server)
        {
            _links.Attach(server, resume, sink);
            return;
        }
        // Of the attempt before this, or of a link that stalls: this member itself is nobody to share with.
        _seat?.Abandon();
        using SharedRoute.Seat seat = _seat = SharedConnections.OfProcess.Take(_plan.Transport, _plan.Endpoint);
        try
        {
            await seat.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        using var patience = new CancellationTokenSource(settings.Limits.HandshakeTimeout, _plan.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        Stream stream;
        try
        {
            stream = await seat.DialAsync(settings.Limits, _plan.Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested) failed(new AttemptFailure(AttemptFailureKind.Unreachable, $"{_plan.Endpoint} did not answer"));
            return;
        }
        catch (IOException e)
        {
            bool nobody = e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            failed(nobody
                ? new AttemptFailure(AttemptFailureKind.NothingListens, $"nothing listens at {_plan.Endpoint}")
                : new AttemptFailure(AttemptFailureKind.Unreachable, $"{_plan.Endpoint} cannot be reached: {e.Message}"));
            return;
        }
        RemoteLink? link = await _links.MakeAsync(stream, null, resume, sink, failed, either.Token, cancellationToken).ConfigureAwait(false);
        if (link is not null) seat.KeepUntil(link.Ended);
        else if (patience.IsCancellationRequested) seat.Distrust();
    }
}
