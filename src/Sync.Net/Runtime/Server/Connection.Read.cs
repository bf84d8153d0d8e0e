using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Connection
{
    private async ValueTask<Ending> ReadToEndAsync()
    {
        var ended = new Completions();
        (_stream as Transport.LeanStream)?.ContinueOnPollThread();
        try
        {
            while (true)
            {
                ReadResult result = await ended.AfterStarting(_reader.ReadAsync());
                ReadOnlySequence<byte> rest = result.Buffer;
                ended.BeginCollecting();
                if (!rest.IsEmpty) Receive(ref rest);
                Completions.EndCollecting();
                _reader.AdvanceTo(rest.Start, rest.End);
                // Nothing follows a goodbye, and the member waits for nothing but the end.
                if (_over == Ending.Goodbye) return Ending.Goodbye;
                if (result.IsCanceled && _ending is { } ending) return ending;
                if (result.IsCompleted) return _over ?? Ending.Closed;
            }
        }
#pragma warning disable CA1031 // Whatever a stream throws is this connection's end and nobody else's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (e is not (IOException or ObjectDisposedException or OperationCanceledException))
                Log.ConnectionFailed(_server.Logger, e, Group.Name, Member);
            return _over ?? Ending.Of(e);
        }
        finally
        {
            Completions.EndCollecting();
            ended.Release();
        }
    }

    /// <summary>Applies each whole frame on the spot; what they set in motion goes out once for all of them.</summary>
    private void Receive(ref ReadOnlySequence<byte> rest)
    {
        Volatile.Write(ref _heard, _server.Now.Ticks);
        Batch batch = Group.Rent();
        try
        {
            // Racy reads: at worst this is told with the next bytes.
            if (IsSilent || IsProbed) Group.Hear(batch, this, ack: 0);
            ApplyAll(ref rest, batch);
        }
        catch (Exception e) when (e is WireException or ProtocolViolationException)
        {
            Violate(e.Message);
        }
        finally
        {
            Group.Flush(batch);
        }
        // Nothing that follows is of interest, and after a violation it has no meaning.
        if (IsOver) rest = rest.Slice(rest.End);
    }

    private void ApplyAll(ref ReadOnlySequence<byte> rest, Batch batch)
    {
        while (!IsOver)
        {
            switch (FrameReader.TryRead(ref rest, _server.Limits.MaxFrameBytes, out RawFrame frame))
            {
                case FrameReadStatus.Frame:
                    Apply(frame, batch);
                    break;
                case FrameReadStatus.NeedMore:
                    if (_reader is Transport.LeanReader lean) lean.Expect(FrameReader.Expected(rest));
                    return;
                case FrameReadStatus.TooLarge:
                    throw new ProtocolViolationException($"a frame of more than {_server.Limits.MaxFrameBytes} bytes (MaxFrameBytes)");
                default:
                    throw new ProtocolViolationException("bytes that are no frame");
            }
        }
    }

    /// <summary>Tells the member why and stops listening to it; to the group its process might as well be dead.</summary>
    private void Violate(string fault)
    {
        Log.ProtocolViolated(_server.Logger, Group.Name, Member, fault);
        OnRefused(RefuseReason.Protocol, fault);
        Lose("it broke the protocol");
        _outbox.Flush();
    }
}
