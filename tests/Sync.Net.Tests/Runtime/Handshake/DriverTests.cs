using System.IO.Pipelines;
using System.Text;
using Nerdbank.Streams;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Handshake;

public sealed class DriverTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _bounded =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private readonly Stream _memberStream;
    private readonly Stream _serverStream;
    private readonly PipeReader _memberInput;
    private readonly PipeReader _serverInput;

    public DriverTests()
    {
        _bounded.CancelAfter(TimeSpan.FromSeconds(20));
        (_memberStream, _serverStream) = FullDuplexStream.CreatePair();
        _memberInput = PipeReader.Create(_memberStream);
        _serverInput = PipeReader.Create(_serverStream);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_WelcomeAndAFrameInOneWrite_LeavesTheFrameInTheInput(bool keyed)
    {
        Task<MemberHandshakeResult> member = RunMember(keyed ? Sides.Key : null);
        ServerHandshake server = ServerHandshake.Create(Sides.Term, keyed ? Sides.Key : null, Sides.Context);
        ServerHandshakeResult verified = await server.AuthenticateAsync(_serverInput, _serverStream, _bounded.Token);
        Assert.IsType<ServerHandshakeResult.Verified>(verified);

        await _serverStream.WriteAsync(
            Sides.Written(output =>
            {
                server.WriteWelcome(output, Sides.Welcome);
                Frames.Write(output, Sides.Term, new PingFrame(7));
            }),
            _bounded.Token);

        Assert.IsType<MemberHandshakeResult.Seated>(await member);
        ReadResult rest = await _memberInput.ReadAsync(_bounded.Token);
        System.Buffers.ReadOnlySequence<byte> buffer = rest.Buffer;
        Assert.Equal(FrameReadStatus.Frame, FrameReader.TryRead(ref buffer, 100, out RawFrame next));
        Assert.Equal(FrameType.Ping, next.Type);
    }

    [Fact]
    public async Task AuthenticateAsync_HelloInSmallPieces_IsVerified()
    {
        Task<ServerHandshakeResult> server = RunServer(null);
        foreach (byte piece in Sides.Written(Sides.Member(null).Start))
        {
            await _memberStream.WriteAsync(new[] { piece }, _bounded.Token);
            await _memberStream.FlushAsync(_bounded.Token);
        }

        Assert.Equal(Sides.Identity.Incarnation, Assert.IsType<ServerHandshakeResult.Verified>(await server).Hello.Incarnation);
    }

    [Fact]
    public async Task RunAsync_OtherKey_TellsBothSides()
    {
        Task<MemberHandshakeResult> member = RunMember(Sides.OtherKey);

        Assert.IsType<ServerHandshakeResult.Refused>(await RunServer(Sides.Key));
        Assert.Equal(RefuseReason.Key, Assert.IsType<MemberHandshakeResult.Refused>(await member).Reason);
    }

    [Fact]
    public async Task RunAsync_RefusalByTheCoordinator_IsRefused()
    {
        Task<MemberHandshakeResult> member = RunMember(Sides.Key);
        ServerHandshake server = ServerHandshake.Create(Sides.Term, Sides.Key, Sides.Context);
        await server.AuthenticateAsync(_serverInput, _serverStream, _bounded.Token);

        await _serverStream.WriteAsync(
            Sides.Written(output => server.WriteRefuse(output, RefuseReason.Duplicate, "'db1' is alive.")), _bounded.Token);

        Assert.Equal(new MemberHandshakeResult.Refused(RefuseReason.Duplicate, "'db1' is alive."), await member);
    }

    [Fact]
    public async Task RunAsync_ServerOfAnotherProgram_IsNotSyncNetAtOnce()
    {
        Task<MemberHandshakeResult> member = RunMember(Sides.Key);

        await _serverStream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n"), _bounded.Token);

        Assert.IsType<MemberHandshakeResult.NotSyncNet>(await member);
    }

    [Fact]
    public async Task RunAsync_ConnectionClosed_IsClosed()
    {
        Task<MemberHandshakeResult> member = RunMember(Sides.Key);

        await _serverStream.DisposeAsync();

        Assert.IsType<MemberHandshakeResult.Closed>(await member);
    }

    [Fact]
    public async Task AuthenticateAsync_SlowHello_EndsWithTheCallersToken()
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(_bounded.Token);
        Task<ServerHandshakeResult> server = ServerHandshake.Create(Sides.Term, null, Sides.Context)
            .AuthenticateAsync(_serverInput, _serverStream, time.Token);
        await _memberStream.WriteAsync(Sides.Written(Sides.Member(null).Start).AsMemory(0, 30), _bounded.Token);

        Assert.False(server.IsCompleted);
        await time.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server);
    }

    [Fact]
    public async Task AuthenticateAsync_ThenDialled_TheListenerCanTakeTheMembersPart()
    {
        // The master has the member's end of the stream here: it opened the connection.
        await _memberStream.WriteAsync(
            Sides.Written(output => ServerHandshake.WriteDial(output, "default", "db1")), _bounded.Token);
        Assert.IsType<ServerHandshakeResult.Dialled>(await RunServer(Sides.Key));

        Task<MemberHandshakeResult> member = MemberHandshake.RunAsync(
            _serverInput, _serverStream, Sides.Identity, Sides.Key, Sides.Context, _bounded.Token);
        ServerHandshake master = ServerHandshake.Create(Sides.Term, Sides.Key, Sides.Context, dialled: true);
        Assert.IsType<ServerHandshakeResult.Verified>(
            await master.AuthenticateAsync(_memberInput, _memberStream, _bounded.Token));
        await _memberStream.WriteAsync(
            Sides.Written(output => master.WriteWelcome(output, Sides.Welcome)), _bounded.Token);

        Assert.IsType<MemberHandshakeResult.Seated>(await member);
    }

    public async ValueTask DisposeAsync()
    {
        await _memberStream.DisposeAsync();
        await _serverStream.DisposeAsync();
        _bounded.Dispose();
    }

    private Task<MemberHandshakeResult> RunMember(GroupKey? key) =>
        MemberHandshake.RunAsync(_memberInput, _memberStream, Sides.Identity, key, Sides.Context, _bounded.Token);

    private Task<ServerHandshakeResult> RunServer(GroupKey? key) =>
        ServerHandshake.Create(Sides.Term, key, Sides.Context).AuthenticateAsync(_serverInput, _serverStream, _bounded.Token);
}
