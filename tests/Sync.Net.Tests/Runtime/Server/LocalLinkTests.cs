using Sync.Net.Coordination;
using Sync.Net.Runtime.Server;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class LocalLinkTests : ServerTest
{
    private static readonly Roster Two = Roster.Of(["a", "b"]);
    private readonly RecordingSink _a = new();
    private readonly RecordingSink _b = new();

    [Fact]
    public void Attach_TellsTheSeatOnFlush()
    {
        LocalLink link = Attach("a", _a);
        Assert.False(_a.HasNews);

        link.Flush();

        Assert.Equal(Server.Term, _a.Next<RecordingSink.Seated>().Term);
    }

    [Fact]
    public void Enter_ByAllInOneProcess_IsDecidedWithinTheCalls()
    {
        LocalLink a = Seat("a", _a);
        LocalLink b = Seat("b", _b);

        a.Post(Enter(1));
        a.Flush();
        Assert.False(_a.HasNews);
        b.Post(Enter(1));
        Assert.False(_a.HasNews);
        Assert.False(_b.HasNews);
        b.Flush();

        Assert.IsType<Released>(_a.Next<RecordingSink.Answered>().Outcome);
        Assert.Equal(1, _b.Next<RecordingSink.Answered>().Generation);
    }

    [Fact]
    public async Task Enter_LocalAndRemote_Meet()
    {
        LocalLink a = Seat("a", _a);
        RawMember b = await JoinAsync("b");
        for (long round = 1; round <= 2; round++)
        {
            await b.EnterAsync(round, Two);
            a.Post(Enter(round));
            a.Flush();

            Assert.Equal(round, (await _a.NextAsync<RecordingSink.Answered>(Token)).Generation);
            Assert.Equal(round, (await b.ReceiveAsync<DecisionFrame>()).Generation);
        }
    }

    [Fact]
    public async Task Close_IsALossForTheOthers()
    {
        LocalLink a = Seat("a", _a);
        RawMember b = await JoinAsync("b");
        await b.EnterAsync(1, Two);
        await b.SendAsync(new PingFrame(1));
        await b.ReceiveAsync<PongFrame>();

        a.Close();
        a.Flush();

        Failed failed = Assert.IsType<Failed>((await b.ReceiveAsync<DecisionFrame>()).Outcome);
        Assert.Equal(SyncFailureKind.MemberLost, failed.Kind);
    }

    [Fact]
    public void Attach_LiveDuplicate_IsRefused()
    {
        Seat("a", _a);

        Attach("a", _b).Flush();

        Assert.Equal(RefuseReason.Duplicate, _b.Next<RecordingSink.Refused>().Reason);
    }

    [Fact]
    public async Task Stop_TellsTheClosingAndWaitsForNobody()
    {
        LocalLink a = Seat("a", _a);

        await Server.StopAsync(Token).WaitAsync(Token);
        a.Post(Enter(1));
        a.Flush();

        _a.Next<RecordingSink.Closing>();
        Assert.False(_a.HasNews);
        Attach("b", _b).Flush();
        Assert.Equal(RefuseReason.Closing, _b.Next<RecordingSink.Refused>().Reason);
    }

    private LocalLink Attach(string member, RecordingSink sink) =>
        Server.Attach("default", member, null, Guid.NewGuid(), resume: false, sink);

    private LocalLink Seat(string member, RecordingSink sink)
    {
        LocalLink link = Attach(member, sink);
        link.Flush();
        sink.Next<RecordingSink.Seated>();
        return link;
    }

    private static Enter Enter(long request) =>
        new(0, request, new SessionKey(SessionKind.Barrier, "b"), 0, EnterFlags.None, Two, null, null, null);
}
