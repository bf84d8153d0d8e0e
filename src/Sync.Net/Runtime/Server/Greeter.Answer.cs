using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Greeter
{
    /// <summary>A member holds the key, if there is one: it may ask its group for the seat.</summary>
    private async Task<Greeting> ReceiveAsync(
        HelloFrame hello, ServerHandshake handshake, Stream stream, PipeReader reader, MemberCall? called, CancellationToken cancellationToken)
    {
        if (ObjectionTo(hello, called) is var (reason, text))
            return await RefuseAsync(reason, text, handshake, stream, reader, cancellationToken).ConfigureAwait(false);
        if (stream is Lane lane) lane.Trust(server.Limits.MaxFrameBytes);
        var connection = new Connection(server, stream, reader, hello, WelcomeBytes(handshake));
        return new Greeting.Arrived(connection, hello.Group, hello.Flags.HasFlag(HelloFlags.Resume));
    }

    private (RefuseReason Reason, string Text)? ObjectionTo(in HelloFrame hello, MemberCall? called)
    {
        if (called is not null && (hello.Group != called.Group || hello.Member != called.Member))
        {
            string text = $"{called.Member} of group {called.Group} was called, and {hello.Member} of group {hello.Group} answered.";
            return (RefuseReason.Stranger, text);
        }
        if (server.Connections.Count >= server.Limits.MaxConnections)
            return (RefuseReason.Limit, $"The server has {server.Limits.MaxConnections} connections (MaxConnections).");
        if (!server.Groups.HasRoomFor(hello.Group))
            return (RefuseReason.Limit, $"The server has {server.Limits.MaxGroups} groups (MaxGroups).");
        return null;
    }

    /// <summary>A master calls a member of this process; it may be a moment before the member awaits it.</summary>
    private async Task<Greeting> HandOverAsync(
        DialFrame dial, ServerHandshake handshake, Stream stream, PipeReader reader, CancellationToken cancellationToken)
    {
        CallHandler handler;
        try
        {
            handler = await calls.FindAsync(dial.Group, dial.Member, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            string text = $"Nobody here awaits a call as {dial.Member} of group {dial.Group}.";
            return await RefuseAsync(RefuseReason.Stranger, text, handshake, stream, reader, cancellationToken).ConfigureAwait(false);
        }
        // From here on it is the member's, who runs user code.
        (stream as PolledStream)?.ContinueOnPool();
        ThreadPool.UnsafeQueueUserWorkItem(static call => call.handler(call.stream, call.reader), (handler, stream, reader), preferLocal: false);
        return new Greeting.HandedOver();
    }

    private async Task<Greeting> RefuseAsync(
        RefuseReason reason, string text, ServerHandshake handshake, Stream stream, PipeReader reader, CancellationToken cancellationToken)
    {
        Log.HandshakeRefused(server.Logger, reason, text);
        var bytes = new ArrayBufferWriter<byte>();
        handshake.WriteRefuse(bytes, reason, text);
        // Without the token, which may be over: so few bytes go to the kernel at once.
        await stream.WriteAsync(bytes.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
        await LingerAsync(reader, cancellationToken).ConfigureAwait(false);
        return new Greeting.Refused(reason, text);
    }

    private byte[] WelcomeBytes(ServerHandshake handshake)
    {
        var bytes = new ArrayBufferWriter<byte>();
        handshake.WriteWelcome(bytes, new WelcomeFrame(
            Version: 0,
            Features: 0,
            Mac: default,
            server.Settings.HeartbeatInterval,
            server.Settings.HeartbeatTimeout,
            server.Settings.ReconnectWindow,
            server.Limits.MaxFrameBytes));
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads on until the other side closes: closing first, with bytes unread, would reset what was sent to it.</summary>
    private static async ValueTask LingerAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (result.IsCompleted || result.IsCanceled) return;
                reader.AdvanceTo(result.Buffer.End);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Long enough.
        }
    }
}
