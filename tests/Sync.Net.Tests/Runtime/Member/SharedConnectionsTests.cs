using Sync.Net.Runtime.Member;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>Who of a process gets a connection of its own, and who a lane.</summary>
public sealed class SharedConnectionsTests : BoundedTest, IAsyncLifetime
{
    private readonly MemoryTransport _memory = new();
    private readonly SharedConnections _connections = new();
    private SharingTransport _network = null!;
    private SyncServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _network = new SharingTransport(_memory);
        _server = await SyncServer.StartAsync(new SyncServerOptions { Transport = _memory }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Dial_OneMemberAlone_HasAConnectionOfItsOwn()
    {
        using SharedRoute.Seat alone = Take();

        await using Stream stream = await DialAsync(alone);

        Assert.IsNotType<Lane>(stream);
        Assert.Equal((1, 0), (_network.Dialled, _network.Connected));
    }

    [Fact]
    public async Task Dial_OneAfterTheOther_EachHasAConnectionOfItsOwn()
    {
        for (int i = 0; i < 3; i++)
        {
            using SharedRoute.Seat alone = Take();
            await using Stream stream = await DialAsync(alone);
        }

        Assert.Equal((3, 0), (_network.Dialled, _network.Connected));
    }

    [Fact]
    public async Task Dial_ManyAtOnceBesideOne_ShareOneAttemptAndOneCarrier()
    {
        using SharedRoute.Seat first = Take();

        Stream[] streams = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => DialAsync(Take())));

        Assert.All(streams, stream => Assert.IsType<Lane>(stream));
        Assert.Equal((0, 1), (_network.Dialled, _network.Connected));
    }

    [Fact]
    public async Task Dial_FirstHasGone_TheOthersStillShare()
    {
        SharedRoute.Seat first = Take();
        using SharedRoute.Seat second = Take();
        await using Stream lane = await DialAsync(second);
        first.Dispose();

        await using Stream another = await DialAsync(Take());

        Assert.IsType<Lane>(another);
        Assert.Equal(1, _network.Connected);
    }

    [Fact]
    public async Task Dial_CarrierHasDied_IsReplaced()
    {
        using SharedRoute.Seat first = Take();
        Stream lane = await DialAsync(Take());
        await _network.Last!.DisposeAsync();
        await Record.ExceptionAsync(() => lane.ReadAsync(new byte[1], Token).AsTask());

        Stream another = await DialAsync(Take());

        Assert.IsType<Lane>(another);
        Assert.Equal(2, _network.Connected);
    }

    [Fact]
    public async Task Abandon_LinkThatStalls_TheNextComesOverAnotherConnection()
    {
        using SharedRoute.Seat first = Take();
        SharedRoute.Seat stalled = Take();
        await using Stream old = await DialAsync(stalled);
        stalled.KeepUntil(new TaskCompletionSource().Task);

        stalled.Abandon();
        await using Stream next = await DialAsync(Take());

        Assert.IsType<Lane>(next);
        Assert.Equal(2, _network.Connected);
    }

    [Fact]
    public async Task Abandon_LinkThatEnded_TheCarrierServesOn()
    {
        using SharedRoute.Seat first = Take();
        SharedRoute.Seat ended = Take();
        await using Stream old = await DialAsync(ended);
        ended.KeepUntil(Task.CompletedTask);

        ended.Abandon();
        await using Stream next = await DialAsync(Take());

        Assert.Equal(1, _network.Connected);
    }

    [Fact]
    public async Task Abandon_AttemptOfAMemberAlone_TheNextIsAloneToo()
    {
        // As when nobody listens yet, or its only link stalls.
        Take().Abandon();
        SharedRoute.Seat again = Take();
        again.KeepUntil(new TaskCompletionSource().Task);
        again.Abandon();

        await using Stream stream = await DialAsync(Take());

        Assert.IsNotType<Lane>(stream);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dial_ServerTakesNoLanes_AllHaveConnectionsOfTheirOwnAndItIsAskedOnce(bool says)
    {
        using IListener old = _memory.Listen(SyncEndpoint.Tcp("old", 0));
        _network.Elsewhere = old.Endpoint;
        Task refusing = RefuseOneAsync(old, says);
        using SharedRoute.Seat first = Take();

        Stream[] streams = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DialAsync(Take())));
        await refusing;
        Stream late = await DialAsync(Take());

        Assert.All(streams.Append(late), stream => Assert.IsNotType<Lane>(stream));
        Assert.Equal((6, 1), (_network.Dialled, _network.Connected));
    }

    [Fact]
    public async Task Dial_NobodyListens_AllWhoWaitedAreTold()
    {
        _network.Elsewhere = SyncEndpoint.Tcp("nobody", 1);
        using SharedRoute.Seat first = Take();

        Exception?[] faults = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Record.ExceptionAsync(() => DialAsync(Take())).AsTask()));

        Assert.All(faults, fault => Assert.IsType<System.Net.Sockets.SocketException>(Assert.IsType<IOException>(fault).InnerException));
        _network.Elsewhere = null;
        Assert.IsType<Lane>(await DialAsync(Take()));
    }

    [Fact]
    public async Task Dial_OneWhoWaitsGivesUp_TheOthersGetTheirLanes()
    {
        using IListener slow = _memory.Listen(SyncEndpoint.Tcp("slow", 0));
        _network.Elsewhere = slow.Endpoint;
        using SharedRoute.Seat first = Take();
        using var cancelled = new CancellationTokenSource();
        Task<Stream> impatient = Take().DialAsync(new SyncLimits(), TimeProvider.System, cancelled.Token).AsTask();
        Task<Stream> patient = DialAsync(Take());
        await using Stream far = await slow.AcceptAsync(Token);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.WaitAsync(Token));
        await far.WriteAsync(Handshake.Sides.Frame(Term.None, new CarryFrame(1, 1)), Token);

        Assert.IsType<Lane>(await patient.WaitAsync(Token));
    }

    [Fact]
    public void Take_WhereConnectionsAreNotShared_IsAlwaysTheFirst()
    {
        using SharedRoute.Seat first = _connections.Take(_memory, _server.BoundEndpoint!);
        using SharedRoute.Seat second = _connections.Take(_memory, _server.BoundEndpoint!);

        Assert.True(second.WaitForTurnAsync(Token).AsTask().IsCompletedSuccessfully);
    }

    private SharedRoute.Seat Take() => _connections.Take(_network, _server.BoundEndpoint!);

    private Task<Stream> DialAsync(SharedRoute.Seat seat) => seat.DialAsync(new SyncLimits(), TimeProvider.System, Token).AsTask();

    private async Task RefuseOneAsync(IListener old, bool says)
    {
        await using Stream far = await old.AcceptAsync(Token);
        Assert.NotEqual(0, await far.ReadAsync(new byte[100], Token));
        if (says) await far.WriteAsync(Handshake.Sides.Frame(Term.None, new RefuseFrame(RefuseReason.Version, "Not here.")), Token);
    }
}
