using System.IO.Pipelines;
using System.Net.Sockets;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>Hosts, shares or dials the server of a plan.</summary>
internal sealed class Connector : IConnector
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly MemberPlan _plan;
    private readonly MemberSeat _seat;
    private readonly SyncServerOptions _hosting;
    private readonly WireContext _wire;
    private readonly TimeSpan _handshakeTimeout;
    private readonly int _maxFrameBytes;

    private HostedServers.Lease? _hosted;
    private RemoteLink? _lastLink;
    private Task _attempt = Task.CompletedTask;

    public Connector(MemberPlan plan, MemberSeat seat, SyncServerOptions hosting, SyncLimits limits)
    {
        _plan = plan;
        _seat = seat;
        _hosting = hosting;
        _wire = new WireContext(limits);
        _handshakeTimeout = limits.HandshakeTimeout;
        _maxFrameBytes = limits.MaxFrameBytes;
    }

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
        if (_lastLink is { } link)
        {
            // The server has the goodbye when it closes its side.
            await Task.WhenAny(link.Ended, Task.Delay(Patience, _plan.Time)).ConfigureAwait(false);
            link.Close();
        }
        if (_hosted is not null) await _hosted.DisposeAsync().ConfigureAwait(false);
    }

    private async Task HostAsync(bool resume, IMemberSink sink, Action<AttemptFailure> failed)
    {
        SyncServer? server = LocalServers.Find(_plan);
        if (server is null)
        {
            try
            {
                if (_hosted is not null) await _hosted.DisposeAsync().ConfigureAwait(false);
                _hosted = await HostedServers.AcquireAsync(_plan.Endpoint, _plan.Transport, _hosting).ConfigureAwait(false);
                server = _hosted.Server;
            }
            catch (Exception e) when (e is SyncException or InvalidOperationException or ArgumentException or IOException)
            {
                bool taken = e is BindException { Failure: BindFailure.InUse } || e.InnerException is BindException { Failure: BindFailure.InUse };
                failed(new AttemptFailure(taken ? AttemptFailureKind.InUse : AttemptFailureKind.Fatal, e.Message));
                return;
            }
        }
        Attach(server, resume, sink);
    }

    private void Attach(SyncServer server, bool resume, IMemberSink sink) =>
        server.Attach(_plan.Group, _plan.Member, _seat.Role, _seat.Incarnation, resume, sink).Flush();

    private async Task DialAsync(bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken)
    {
        if (LocalServers.Find(_plan) is { } server)
        {
            Attach(server, resume, sink);
            return;
        }
        using var patience = new CancellationTokenSource(_handshakeTimeout, _plan.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        Stream? stream = null;
        try
        {
            stream = await _plan.Transport.ConnectAsync(_plan.Endpoint, either.Token).ConfigureAwait(false);
            await ShakeHandsAsync(stream, resume, sink, failed, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested) return;
            failed(stream is null
                ? new AttemptFailure(AttemptFailureKind.Unreachable, $"{_plan.Endpoint} did not answer")
                : new AttemptFailure(AttemptFailureKind.Silent, $"something accepts connections at {_plan.Endpoint}, but did not speak Sync.Net within {Coordination.Durations.Of(_handshakeTimeout)}: another program, or a stopped one"));
        }
        catch (IOException e)
        {
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
            bool nobody = e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } && stream is null;
            failed(new AttemptFailure(
                nobody ? AttemptFailureKind.NothingListens : AttemptFailureKind.Unreachable,
                nobody ? $"nothing listens at {_plan.Endpoint}" : $"{_plan.Endpoint} cannot be reached: {e.Message}"));
        }
    }

    private async Task ShakeHandsAsync(
        Stream stream, bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(stream);
        var identity = new MemberIdentity(_plan.Group, _plan.Member, _seat.Role, _seat.Incarnation, resume);
        MemberHandshakeResult result = await MemberHandshake
            .RunAsync(reader, stream, identity, _seat.Key, _wire, cancellationToken).ConfigureAwait(false);
        if (result is MemberHandshakeResult.Seated seated)
        {
            WelcomeFrame welcome = seated.Welcome;
            _lastLink = new RemoteLink(
                stream,
                reader,
                new LinkSettings(seated.Term, welcome.HeartbeatInterval, welcome.HeartbeatTimeout, _maxFrameBytes, _wire, _plan.Time),
                sink);
            _lastLink.Run();
            return;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        switch (result)
        {
            case MemberHandshakeResult.Refused refused:
                sink.OnRefused(null, refused.Reason, refused.Text);
                break;
            case MemberHandshakeResult.NotSyncNet foreign:
                failed(new AttemptFailure(AttemptFailureKind.Fatal, $"the port at {_plan.Endpoint} is held by another program: {foreign.Text}"));
                break;
            case MemberHandshakeResult.Closed closed:
                failed(new AttemptFailure(AttemptFailureKind.Unreachable, $"the connection to {_plan.Endpoint} ended in the handshake: {closed.Text}"));
                break;
        }
    }
}
