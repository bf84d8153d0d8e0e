using Sync.Net.Coordination;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>The reverse direction: here the server of the base class only listens, for its members.</summary>
public sealed class CallTests : ServerTest
{
    private readonly CancellationTokenSource _calling = new();

    [Fact]
    public async Task CallMembers_WhoAwaitTheCall_GetTheirSeats()
    {
        var called = new TaskCompletionSource<Stream>();
        using IDisposable awaiting = Server.AwaitCall("g", "b", (stream, _) => called.SetResult(stream));
        await using SyncServer master = CreateMaster();
        var sink = new RecordingSink();
        var a = master.Attach("g", "a", null, Guid.NewGuid(), resume: false, sink);
        a.Flush();

        Task calling = master.CallMembersAsync("g", [("b", Endpoint)], _calling.Token);
        RawMember b = await RawMember.On(await called.Task.WaitAsync(Token), "b", Token).ShakeHandsAsync("g");
        Assert.Equal(master.Term, b.Term);
        Roster two = Roster.Of(["a", "b"]);
        a.Post(new Enter(0, 1, new SessionKey(SessionKind.Barrier, "b"), 0, EnterFlags.None, two, null, null, null));
        a.Flush();
        await b.EnterAsync(1, two);

        Assert.IsType<Released>((await b.ReceiveAsync<DecisionFrame>()).Outcome);
        await b.SendAsync(new GoodbyeFrame(Left: false, b.Ack));
        await b.DisposeAsync();
        await calling.WaitAsync(Token);
    }

    [Fact]
    public async Task CallMembers_NobodyListensYet_TriesAgain()
    {
        await using SyncServer master = CreateMaster();
        SyncEndpoint later = SyncEndpoint.Tcp("later", 1);
        Task calling = master.CallMembersAsync("g", [("b", later)], _calling.Token);
        Time.Advance(TimeSpan.FromSeconds(3));

        using IListener listener = Network.Listen(later);
        Task<Stream> accepting = listener.AcceptAsync(Token).AsTask();
        await AdvanceUntilAsync(accepting);
        await _calling.CancelAsync();

        await calling.WaitAsync(Token);
        await (await accepting).DisposeAsync();
    }

    [Fact]
    public async Task CallMembers_NobodyAwaitsTheCall_IsToldWhy()
    {
        await using SyncServer master = CreateMaster();
        var refused = new TaskCompletionSource<RefuseReason>();

        Task calling = master.CallMembersAsync("g", [("b", Endpoint)], _calling.Token, (_, reason, _) => refused.TrySetResult(reason));
        await AdvanceUntilAsync(refused.Task);

        Assert.Equal(RefuseReason.Stranger, await refused.Task);
        await _calling.CancelAsync();
        await calling.WaitAsync(Token);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _calling.Dispose();
        base.Dispose(disposing);
    }

    private SyncServer CreateMaster() =>
        SyncServer.CreateUnbound(new SyncServerOptions { Transport = Network, TimeProvider = Time });
}
