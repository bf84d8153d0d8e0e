using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>The server's end of a connection, by hand: frames through the codec, nothing of its own accord.</summary>
internal sealed class ScriptedServer(Stream stream)
{
    public static readonly SessionKey Session = new(SessionKind.Data, "setup");

    public static readonly Term Term = new(3, 0xABCD);

    private readonly WireContext _wire = new(new SyncLimits());
    private readonly PipeReader _reader = PipeReader.Create(stream);
    private int _lastToken;

    public async Task SendAsync<TFrame>(TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        ArrayBufferWriter<byte> bytes = new();
        Frames.Write(bytes, Term, frame);
        await SendBytesAsync(bytes.WrittenMemory);
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The next frame, which must be of this type.</summary>
    public async Task<TFrame> ReceiveAsync<TFrame>()
        where TFrame : struct, IFrame<TFrame>
    {
        while (true)
        {
            ReadResult read = await _reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
            ReadOnlySequence<byte> buffer = read.Buffer;
            FrameReadStatus status = FrameReader.TryRead(ref buffer, int.MaxValue, out RawFrame raw);
            if (status == FrameReadStatus.Frame)
            {
                Assert.Equal((TFrame.Type, Term), (raw.Type, raw.Term));
                TFrame frame = Frames.Read<TFrame>(raw, _wire);
                _reader.AdvanceTo(buffer.Start);
                return frame;
            }
            Assert.Equal(FrameReadStatus.NeedMore, status);
            Assert.False(read.IsCompleted, $"the member hung up instead of sending {TFrame.Type}");
            _reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Nothing is under way from the member: the answer to a ping comes next. Returns how many answers it has counted.</summary>
    public async Task<long> PingAsync()
    {
        await SendAsync(new PingFrame(++_lastToken));
        PongFrame pong = await ReceiveAsync<PongFrame>();
        Assert.Equal(_lastToken, pong.Token);
        return pong.Ack;
    }

    /// <summary>The member has sent all that it will, and hung up.</summary>
    public async Task HungUpAsync()
    {
        ReadResult read = await _reader.ReadAtLeastAsync(1, TestContext.Current.CancellationToken).AsTask().Soon();
        Assert.True(read.IsCompleted && read.Buffer.IsEmpty, "the member sent more");
    }

    public void HangUp() => stream.Dispose();
}
