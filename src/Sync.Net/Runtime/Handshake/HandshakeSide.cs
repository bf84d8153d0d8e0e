using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>
/// One side of a handshake: bytes in, bytes and in the end a result out. Free of I/O but for <see cref="DriveAsync"/>,
/// which feeds it from a connection.
/// </summary>
internal abstract class HandshakeSide<TResult>
    where TResult : class
{
    private bool _begun;

    protected HandshakeSide(WireContext context) => Context = context;

    protected WireContext Context { get; }

    /// <summary>The frames that the other side may begin with.</summary>
    protected abstract ReadOnlySpan<FrameType> Beginnings { get; }

    /// <summary>
    /// Takes at most one frame off the buffer. Null without a frame taken: more bytes are needed; null with one: go on,
    /// after sending what was written to <paramref name="output"/>.
    /// </summary>
    public TResult? Feed(ref ReadOnlySequence<byte> buffer, bool completed, IBufferWriter<byte> output)
    {
        if (!_begun)
        {
            PreambleVerdict verdict = Preamble.Judge(buffer, Beginnings);
            if (verdict == PreambleVerdict.Foreign) return OnForeign(ForeignProtocol.Describe(buffer));
            if (verdict == PreambleVerdict.Undecided) return completed ? OnClosed() : null;
            _begun = true;
        }

        switch (FrameReader.TryRead(ref buffer, Context.MaxHandshakeFrameBytes, out RawFrame frame))
        {
            case FrameReadStatus.Frame:
                return Take(frame, output);
            case FrameReadStatus.NeedMore:
                return completed ? OnClosed() : null;
            case FrameReadStatus.TooLarge:
                return OnFault(
                    RefuseReason.Limit,
                    $"A frame of the handshake is larger than {Context.MaxHandshakeFrameBytes} bytes.",
                    output);
            default:
                return OnFault(RefuseReason.Protocol, "The handshake holds something that is no frame.", output);
        }
    }

    protected abstract TResult? Receive(in RawFrame frame, IBufferWriter<byte> output);

    protected abstract TResult OnForeign(string text);

    protected abstract TResult OnFault(RefuseReason reason, string text, IBufferWriter<byte> output);

    protected abstract TResult OnClosed(string text = "The connection was closed during the handshake.");

    /// <summary>Sends, reads and feeds until there is a result; the input then stands behind the last frame taken.</summary>
    /// <remarks>Bounded in bytes by the size of a frame, in time by the token.</remarks>
    protected async Task<TResult> DriveAsync(
        PipeReader input, Stream output, ArrayBufferWriter<byte> pending, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await SendAsync(output, pending, cancellationToken).ConfigureAwait(false);
                ReadResult read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = read.Buffer;
                TResult? result = Feed(ref buffer, read.IsCompleted, pending);

                // Only without a frame is the rest worth no second look before more has come.
                bool taken = buffer.Length < read.Buffer.Length;
                input.AdvanceTo(buffer.Start, taken || result is not null ? buffer.Start : buffer.End);
                if (result is null) continue;

                await SendAsync(output, pending, cancellationToken).ConfigureAwait(false);
                return result;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return OnClosed($"The connection broke during the handshake: {e.Message}");
        }
    }

    private static async ValueTask SendAsync(
        Stream output, ArrayBufferWriter<byte> pending, CancellationToken cancellationToken)
    {
        if (pending.WrittenCount == 0) return;
        await output.WriteAsync(pending.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        pending.ResetWrittenCount();
    }

    private TResult? Take(in RawFrame frame, IBufferWriter<byte> output)
    {
        try
        {
            return Receive(frame, output);
        }
        catch (WireException e)
        {
            return OnFault(RefuseReason.Protocol, e.Message, output);
        }
    }
}
