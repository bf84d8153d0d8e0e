using Microsoft.Extensions.Time.Testing;
using Sync.Net.Coordination;
using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class RemoteLinkTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingSink _sink = new();
    private readonly RemoteLink _link;
    private readonly ScriptedServer _server;

    public RemoteLinkTests() => (_link, _server) = LinkFactory.Connect(_sink, _time);

    public async ValueTask InitializeAsync() => Assert.Equal(ScriptedServer.Term, (await _sink.NextAsync<Told.Seated>()).Term);

    public ValueTask DisposeAsync()
    {
        _link.Close();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Beat_NothingSent_SendsAHeartbeat()
    {
        _time.Advance(LinkFactory.Beat);
        await _server.ReceiveAsync<HeartbeatFrame>();
        _time.Advance(LinkFactory.Beat);
        await _server.ReceiveAsync<HeartbeatFrame>();
    }

    [Fact]
    public async Task Beat_SomethingWasSent_SendsNone()
    {
        await _server.PingAsync();
        _time.Advance(LinkFactory.Beat);
        await _server.PingAsync();
    }

    [Fact]
    public async Task Ack_AnswersAndDecisions_AreCountedTogether()
    {
        await _server.SendAsync(new AnswerFrame(1, ScriptedServer.Session, 1, Ends.Released));
        await _server.SendAsync(new DecisionFrame(ScriptedServer.Session, 2, Ends.Lost));
        await _server.SendAsync(default(HeartbeatFrame));
        await _server.SendAsync(new PartFrame(ScriptedServer.Session, 3, []));
        Assert.Equal(2, await _server.PingAsync());
        Assert.Equal(new Told.Answer(1, 1, Ends.Released), await _sink.NextAsync<Told.Answer>(), TellsTheSame);
        await _sink.NextAsync<Told.Decision>();

        Post(Enter(2, Sync.Net.Wire.Roster.Of(["db1"])));
        Assert.Equal(2, (await _server.ReceiveAsync<EnterFrame>()).Ack);
        _time.Advance(LinkFactory.Beat);
        _time.Advance(LinkFactory.Beat);
        Assert.Equal(2, (await _server.ReceiveAsync<HeartbeatFrame>()).Ack);
    }

    [Fact]
    public async Task Parts_BeforeADecision_ArePutTogetherInOrder()
    {
        var other = new SessionKey(SessionKind.Data, "other");
        await _server.SendAsync(new PartFrame(ScriptedServer.Session, 2, [Given("a"), Given("b")]));
        await _server.SendAsync(new PartFrame(other, 2, [Given("x")]));
        await _server.SendAsync(new PartFrame(ScriptedServer.Session, 2, [Given("c")]));
        await _server.SendAsync(new DecisionFrame(ScriptedServer.Session, 2, Ends.Released));
        await _server.SendAsync(new AnswerFrame(9, other, 2, Ends.Released));

        Assert.Equal(["a", "b", "c"], GiversOf((await _sink.NextAsync<Told.Decision>()).Outcome));
        Assert.Equal(["x"], GiversOf((await _sink.NextAsync<Told.Answer>()).Outcome));
    }

    [Fact]
    public async Task Parts_OfAFormerDecision_DoNotComeAgain()
    {
        await _server.SendAsync(new PartFrame(ScriptedServer.Session, 2, [Given("a")]));
        await _server.SendAsync(new DecisionFrame(ScriptedServer.Session, 2, Ends.Released));
        await _server.SendAsync(new DecisionFrame(ScriptedServer.Session, 2, Ends.Released));
        await _sink.NextAsync<Told.Decision>();
        Assert.Null(Assert.IsType<Released>((await _sink.NextAsync<Told.Decision>()).Outcome).Contributions);
    }

    [Fact]
    public async Task Post_RosterUpTo64_IsNamedOnceAConnection()
    {
        Roster roster = RosterOf(64);
        Post(Enter(1, roster));
        Post(Enter(2, roster));
        _link.Post(new Abort(0, 3, ScriptedServer.Session, roster, "disk full"));
        _link.Flush();
        Assert.Equal(roster.Members, (await _server.ReceiveAsync<EnterFrame>()).Members);
        Assert.Null((await _server.ReceiveAsync<EnterFrame>()).Members);
        AbortFrame abort = await _server.ReceiveAsync<AbortFrame>();
        Assert.Equal((roster.Hash, null), (abort.RosterHash, abort.Members));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(65)]
    public async Task NeedRoster_AsOftenAsItIsAsked_IsAnsweredWithTheMembers(int count)
    {
        Roster roster = RosterOf(count);
        _sink.WhenRosterIsNeeded = (_, request) => _link.Post(Enter(request, roster));
        Post(Enter(1, roster));
        Assert.Equal(count <= 64, (await _server.ReceiveAsync<EnterFrame>()).Members is not null);
        for (int i = 0; i < 3; i++)
        {
            await _server.SendAsync(new NeedRosterFrame(1));
            Assert.Equal(roster.Members, (await _server.ReceiveAsync<EnterFrame>()).Members);
        }
        Post(Enter(2, roster));
        Assert.Null((await _server.ReceiveAsync<EnterFrame>()).Members);
    }

    [Fact]
    public async Task Closing_FromTheServer_IsAnsweredWithGoodbyeAndIsNoLoss()
    {
        await _server.SendAsync(default(ClosingFrame));
        Assert.False((await _server.ReceiveAsync<GoodbyeFrame>()).Left);
        await _sink.NextAsync<Told.Closing>();
        _server.HangUp();
        await _link.Ended.Soon();
        Assert.False(_sink.HasMore);
    }

    [Fact]
    public async Task Refuse_FromTheServer_IsToldAndIsNoLoss()
    {
        await _server.SendAsync(new RefuseFrame(RefuseReason.Replaced, "a newer start has the seat"));
        Assert.Equal(new Told.Refused(RefuseReason.Replaced, "a newer start has the seat"), await _sink.NextAsync<Told.Refused>());
        _server.HangUp();
        await _link.Ended.Soon();
        Assert.False(_sink.HasMore);
    }

    [Fact]
    public async Task HangUp_WithoutAWord_IsDown()
    {
        _server.HangUp();
        Assert.False((await _sink.NextAsync<Told.Down>()).Stalled);
        await _link.Ended.Soon();
    }

    [Theory]
    [InlineData(new byte[] { 0x7F, 0, 0, 0 }, "larger than MaxFrameBytes")]
    [InlineData(new byte[] { 0, 0, 0, 0 }, "malformed")]
    [InlineData(new byte[] { 0, 0, 0, 2, 0xC1, 0xC1 }, "malformed")]
    [InlineData(new byte[] { 0x48, 0x54, 0x54, 0x50, 0x2F, 0x31 }, "larger than MaxFrameBytes")]
    public async Task Garbage_FromTheServer_IsDownAndSaysWhy(byte[] garbage, string why)
    {
        await _server.SendBytesAsync(garbage);
        Told.Down down = await _sink.NextAsync<Told.Down>();
        Assert.False(down.Stalled);
        Assert.Contains(why, down.Reason, StringComparison.Ordinal);
        await _server.HungUpAsync();
    }

    [Fact]
    public async Task Garbage_WithinAKnownFrame_IsDownAndSaysWhy()
    {
        // A decision without any field of its own.
        await _server.SendBytesAsync(new byte[] { 0, 0, 0, 4, 0x93, (byte)FrameType.Decision, 3, 7 });
        Assert.Contains("broke the protocol", (await _sink.NextAsync<Told.Down>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frame_OfALaterVersion_IsSkipped()
    {
        await _server.SendBytesAsync(new byte[] { 0, 0, 0, 5, 0x94, 0x7F, 3, 7, 0xC0 });
        await _server.PingAsync();
    }

    [Fact]
    public async Task Silence_UpToTheTimeout_IsNoStall()
    {
        for (int i = 0; i < 5; i++) _time.Advance(LinkFactory.Beat);
        for (int i = 0; i < 5; i++) await _server.ReceiveAsync<HeartbeatFrame>();
        await _server.PingAsync();
        for (int i = 0; i < 5; i++) _time.Advance(LinkFactory.Beat);
        Assert.False(_sink.HasMore);
    }

    [Fact]
    public async Task Silence_BeyondTheTimeout_IsAStallAndTheConnectionStaysOpen()
    {
        for (int i = 0; i < 8; i++) _time.Advance(LinkFactory.Beat);
        Told.Down down = await _sink.NextAsync<Told.Down>();
        Assert.True(down.Stalled);
        Assert.Contains("00:00:12", down.Reason, StringComparison.Ordinal);
        Assert.False(_sink.HasMore);

        for (int i = 0; i < 8; i++) await _server.ReceiveAsync<HeartbeatFrame>();
        await _server.SendAsync(new AnswerFrame(1, ScriptedServer.Session, 1, Ends.Lost));
        await _sink.NextAsync<Told.Answer>();
        _link.Close();
        await _server.HungUpAsync();
    }

    [Fact]
    public async Task Depart_ThenAnything_EndsWithTheGoodbye()
    {
        Post(Enter(1, RosterOf(2)));
        _link.Post(new Depart(0, Left: true));
        Post(Enter(2, RosterOf(2)));
        await _server.ReceiveAsync<EnterFrame>();
        Assert.True((await _server.ReceiveAsync<GoodbyeFrame>()).Left);
        _server.HangUp();
        await _link.Ended.Soon();
        Assert.False(_sink.HasMore);
    }

    [Fact]
    public async Task Depart_ServerDoesNotHangUp_EndsAllTheSame()
    {
        _link.Post(new Depart(0, Left: false));
        _link.Flush();
        await _server.ReceiveAsync<GoodbyeFrame>();
        _time.Advance(LinkFactory.Beat);
        _time.Advance(LinkFactory.Beat);
        await _server.HungUpAsync();
        await _link.Ended.Soon();
        Assert.False(_sink.HasMore);
    }

    [Fact]
    public async Task Post_FromManyThreads_KeepsTheOrderOfEach()
    {
        const int Threads = 4;
        const int Each = 500;
        Task all = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                _link.Post(new Withdraw(0, (thread * Each) + i, WithdrawReason.Cancelled, default));
                _link.Flush();
            }
        })));
        var received = new List<long>();
        while (received.Count < Threads * Each) received.Add((await _server.ReceiveAsync<WithdrawFrame>()).Request);
        await all.Soon();
        Assert.All(received.GroupBy(request => request / Each), group => Assert.Equal(group.Order(), group));
        Assert.Equal(0, await _server.PingAsync());
    }

    private static bool TellsTheSame(Told.Answer a, Told.Answer b) =>
        (a.Request, a.Generation, a.Outcome.GetType()) == (b.Request, b.Generation, b.Outcome.GetType());

    private static Contribution Given(string member) => new(member, new byte[] { 1 }, null);

    private static IEnumerable<string> GiversOf(Outcome outcome) =>
        Assert.IsType<Released>(outcome).Contributions!.Select(contribution => contribution.Member);

    private static Roster RosterOf(int count) => Roster.Of(Enumerable.Range(0, count).Select(i => $"host{i:000}"));

    private static Enter Enter(long request, Roster roster) =>
        new(0, request, ScriptedServer.Session, 0, EnterFlags.None, roster, null, null, null);

    private void Post(in Enter enter)
    {
        _link.Post(enter);
        _link.Flush();
    }
}
