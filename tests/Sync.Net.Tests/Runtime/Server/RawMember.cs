using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>A member that is driven frame by frame.</summary>
internal sealed class RawMember : IAsyncDisposable
{
    private readonly WireContext _context = new(new SyncLimits());
    private readonly CancellationToken _token;

    private RawMember(Stream stream, string member, CancellationToken token)
    {
        Stream = stream;
        Member = member;
        _token = token;
        Reader = PipeReader.Create(stream);
    }

    public Stream Stream { get; }

    public PipeReader Reader { get; }

    public string Member { get; }

    public Guid Incarnation { get; private set; }

    /// <summary>How the handshake ended.</summary>
    public MemberHandshakeResult Result { get; private set; } = null!;

    public Term Term => ((MemberHandshakeResult.Seated)Result).Term;

    /// <summary>Answers received so far.</summary>
    public long Ack { get; set; }

    public static async Task<RawMember> OpenAsync(ITransport transport, SyncEndpoint endpoint, string member, CancellationToken token) =>
        new(await transport.ConnectAsync(endpoint, token), member, token);

    public static RawMember On(Stream stream, string member, CancellationToken token) => new(stream, member, token);

    public async Task<RawMember> ShakeHandsAsync(string group = "default", Guid? incarnation = null, string? key = null, bool resume = false)
    {
        Incarnation = incarnation ?? Guid.NewGuid();
        Result = await MemberHandshake.RunAsync(
            Reader,
            Stream,
            new MemberIdentity(group, Member, null, Incarnation, resume),
            key is null ? null : GroupKey.From(key),
            _context,
            _token);
        return this;
    }

    public Task SendAsync<TFrame>(TFrame frame)
        where TFrame : struct, IFrame<TFrame> => SendAsync(Term, frame);

    public async Task SendAsync<TFrame>(Term term, TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        var bytes = new ArrayBufferWriter<byte>();
        Frames.Write(bytes, term, frame);
        await Stream.WriteAsync(bytes.WrittenMemory, _token);
    }

    public Task EnterAsync(
        long request, Roster roster, bool withMembers = true, string name = "b", SessionKind kind = SessionKind.Barrier, byte[]? data = null, string[]? from = null) =>
        SendAsync(new EnterFrame(
            request,
            Ack,
            new SessionKey(kind, name),
            0,
            EnterFlags.None,
            roster.Hash,
            withMembers ? roster.Members : null,
            data is null ? null : new ReadOnlyMemory<byte>(data),
            null,
            from,
            null));

    /// <summary>The next frame that is no heartbeat, which has to be of this type.</summary>
    public async Task<TFrame> ReceiveAsync<TFrame>()
        where TFrame : struct, IFrame<TFrame>
    {
        TFrame? found = null;
        while (found is null)
        {
            ReadResult read = await Reader.ReadAsync(_token);
            ReadOnlySequence<byte> buffer = read.Buffer;
            FrameReadStatus status = FrameReader.TryRead(ref buffer, int.MaxValue, out RawFrame raw);
            if (status == FrameReadStatus.Frame && raw.Type != FrameType.Heartbeat) found = Read<TFrame>(raw);
            else Assert.True(status == FrameReadStatus.Frame || !read.IsCompleted, $"The connection ended; expected {TFrame.Type}.");
            Reader.AdvanceTo(buffer.Start, status == FrameReadStatus.Frame ? buffer.Start : buffer.End);
        }
        if (TFrame.Type is FrameType.Answer or FrameType.Decision) Ack++;
        return found.Value;
    }

    /// <summary>The next frame's type, heartbeats too; null at the end.</summary>
    public async Task<FrameType?> ReceiveTypeAsync()
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await Reader.ReadAsync(_token);
            }
            catch (IOException)
            {
                return null;
            }
            ReadOnlySequence<byte> buffer = read.Buffer;
            FrameReadStatus status = FrameReader.TryRead(ref buffer, int.MaxValue, out RawFrame raw);
            Reader.AdvanceTo(buffer.Start, status == FrameReadStatus.Frame ? buffer.Start : buffer.End);
            if (status == FrameReadStatus.Frame) return raw.Type;
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Reads on until the server closes the connection.</summary>
    public async Task EndAsync()
    {
        while (await ReceiveTypeAsync() is not null)
        {
        }
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private TFrame Read<TFrame>(in RawFrame raw)
        where TFrame : struct, IFrame<TFrame>
    {
        Assert.Equal(TFrame.Type, raw.Type);
        return Frames.Read<TFrame>(raw, _context);
    }
}
