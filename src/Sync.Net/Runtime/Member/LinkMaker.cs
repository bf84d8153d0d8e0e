using System.IO.Pipelines;
using Sync.Net.Coordination;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Runtime.Server;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>Makes links of a member: within the process, or over a stream that somebody opened.</summary>
internal sealed class LinkMaker(ConnectorSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>One for all members of the process: it is larger than all the rest of a member.</summary>
    private static readonly NamePool Names = new();

    private readonly WireContext _wire = new(settings.Limits, Names);
    private RemoteLink? _last;

    private MemberPlan Plan => settings.Plan;

    public void Attach(ServerShell server, bool resume, IMemberSink sink) => server
        .Attach(Plan.Group, Plan.Member, settings.Seat.Role, settings.Seat.Incarnation, resume, sink, settings.Seat.Command)
        .Flush();

    /// <summary>Shakes hands on a stream; it ends with the sink's OnSeated or OnRefused, or with <paramref name="failed"/>.</summary>
    /// <returns>The link, if there is one: the stream is closed when that has ended.</returns>
    public async Task<RemoteLink?> MakeAsync(
        Stream stream,
        PipeReader? opened,
        bool resume,
        IMemberSink sink,
        Action<AttemptFailure> failed,
        CancellationToken patience,
        CancellationToken stopping)
    {
        PipeReader reader = opened ?? DuplexStream.ReaderOf(stream);
        var identity = new MemberIdentity(Plan.Group, Plan.Member, settings.Seat.Role, settings.Seat.Incarnation, resume, Command: settings.Seat.Command);
        MemberHandshakeResult result;
        try
        {
            result = await MemberHandshake.RunAsync(reader, stream, identity, settings.Seat.Key, _wire, patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (!stopping.IsCancellationRequested) failed(Silent());
            return null;
        }
        catch (IOException e)
        {
            result = new MemberHandshakeResult.Closed(e.Message);
        }

        if (result is MemberHandshakeResult.Seated(var welcome, var term))
        {
            _last = new RemoteLink(
                stream,
                reader,
                new LinkSettings(term, welcome.HeartbeatInterval, welcome.HeartbeatTimeout, welcome.MaxFrameBytes, settings.Limits.MaxFrameBytes, _wire, Plan.Time),
                sink);
            RemoteLink link = _last;
            link.Run();
            return link;
        }
        await stream.DisposeAsync().ConfigureAwait(false);
        if (result is MemberHandshakeResult.Refused refused) sink.OnRefused(null, refused.Reason, refused.Text);
        else failed(FailureOf(result));
        return null;
    }

    /// <summary>Waits, not for long, until the server has taken the goodbye.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_last is not { } link) return;
        using var patience = new CancellationTokenSource();
        await Task.WhenAny(link.Ended, Task.Delay(Patience, Plan.Time, patience.Token)).ConfigureAwait(false);
        // Only the delay hears of it, so no thread of the pool has to be woken.
#pragma warning disable CA1849
        patience.Cancel();
#pragma warning restore CA1849
        link.Close();
    }

    private AttemptFailure Silent() => new(
        AttemptFailureKind.Silent,
        $"something accepts connections at {Plan.Endpoint}, but did not speak Sync.Net within {Durations.Of(settings.Limits.HandshakeTimeout)}: another program, or one that stands still");

    private AttemptFailure FailureOf(MemberHandshakeResult result) => result switch
    {
        MemberHandshakeResult.NotSyncNet(var text) =>
            new(AttemptFailureKind.Fatal, $"the port at {Plan.Endpoint} is held by another program: {text}"),
        MemberHandshakeResult.Closed(var text) =>
            new(AttemptFailureKind.Unreachable, $"the connection to {Plan.Endpoint} ended in the handshake: {text}"),
        _ => new(AttemptFailureKind.Fatal, $"the handshake with {Plan.Endpoint} ended as {result.GetType().Name}"),
    };
}
