using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class MeetingTests : ServerTest
{
    private static readonly Roster Two = Roster.Of(["a", "b"]);

    [Fact]
    public async Task Enter_ByAll_DecidesForAll()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        for (long round = 1; round <= 3; round++)
        {
            await a.EnterAsync(round, Two, withMembers: round == 1);
            await b.EnterAsync(round, Two, withMembers: round == 1);
            foreach (RawMember member in (RawMember[])[a, b])
            {
                DecisionFrame decision = await member.ReceiveAsync<DecisionFrame>();
                Assert.Equal(round, decision.Generation);
                Assert.Equal(2, Assert.IsType<Released>(decision.Outcome).Count);
            }
        }
    }

    [Fact]
    public async Task Enter_UnknownRoster_AsksForIt()
    {
        RawMember a = await JoinAsync("a");

        await a.EnterAsync(1, Roster.Of(["a"]), withMembers: false);
        Assert.Equal(1, (await a.ReceiveAsync<NeedRosterFrame>()).Request);
        await a.EnterAsync(1, Roster.Of(["a"]));

        Assert.IsType<Released>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
    }

    [Fact]
    public async Task Enter_GroupsOfOneServer_DoNotMix()
    {
        RawMember a = await JoinAsync("a", "one");
        RawMember b = await JoinAsync("b", "other");
        await a.EnterAsync(1, Two);
        await RoundTripAsync(a);
        await b.EnterAsync(1, Two);
        RawMember c = await JoinAsync("b", "one");
        await c.EnterAsync(1, Two);

        Assert.Equal("b", Assert.IsType<Released>((await a.ReceiveAsync<DecisionFrame>()).Outcome).Straggler);
        await b.SendAsync(new PingFrame(1));
        await b.ReceiveAsync<PongFrame>();
    }

    [Fact]
    public async Task Enter_WithData_EverybodyGetsWhatItAskedFor()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, Two, kind: SessionKind.Data, data: [1, 2]);
        await b.EnterAsync(1, Two, kind: SessionKind.Data, data: [3], from: ["a"]);

        Released all = Assert.IsType<Released>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
        Released some = Assert.IsType<Released>((await b.ReceiveAsync<DecisionFrame>()).Outcome);

        Assert.Equal(["a", "b"], all.Contributions!.Select(each => each.Member));
        Contribution only = Assert.Single(some.Contributions!);
        Assert.Equal("a", only.Member);
        Assert.Equal([1, 2], only.Data!.Value.ToArray());
    }

    [Fact]
    public async Task Enter_WithMuchData_ComesInParts()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        byte[] much = new byte[300_000];
        new Random(1).NextBytes(much);
        await a.EnterAsync(1, Two, kind: SessionKind.Data, data: much);
        await b.EnterAsync(1, Two, kind: SessionKind.Data, data: much);

        foreach (RawMember member in (RawMember[])[a, b])
        {
            var parts = new List<Contribution>();
            while (parts.Count < 2) parts.AddRange((await member.ReceiveAsync<PartFrame>()).Contributions);
            Released released = Assert.IsType<Released>((await member.ReceiveAsync<DecisionFrame>()).Outcome);

            Assert.Empty(released.Contributions!);
            Assert.Equal(["a", "b"], parts.Select(each => each.Member));
            Assert.All(parts, each => Assert.True(each.Data!.Value.Span.SequenceEqual(much)));
        }
    }

    [Fact]
    public async Task Disconnect_WithoutGoodbye_BreaksTheMeeting()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, Two);

        await b.SendAsync(new HeartbeatFrame(0));
        await b.DisposeAsync();

        Failed failed = Assert.IsType<Failed>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
        Assert.Equal((SyncFailureKind.MemberLost, "b"), (failed.Kind, failed.Culprit));
    }

    /// <summary>A member whose patience ended just before the welcome came does not know of its seat, and comes again.</summary>
    [Fact]
    public async Task Disconnect_BeforeTheMemberSpoke_LeavesItTheReconnectWindow()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, Two);

        await b.DisposeAsync();
        RawMember again = await JoinAsync("b", incarnation: b.Incarnation);
        await again.EnterAsync(1, Two);

        Assert.IsType<Released>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
    }

    [Fact]
    public async Task Goodbye_ThenClose_IsNoLoss()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, Two);

        await b.SendAsync(new GoodbyeFrame(Left: false, 0));
        await b.EndAsync();
        RawMember again = await JoinAsync("b");
        await again.EnterAsync(1, Two);

        Assert.IsType<Released>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
    }

    [Fact]
    public async Task Withdraw_AtTheDeadline_IsAnswered()
    {
        RawMember a = await JoinAsync("a");
        await a.EnterAsync(1, Two);

        await a.SendAsync(new WithdrawFrame(1, 0, WithdrawReason.TimedOut, TimeSpan.FromSeconds(3)));

        Failed failed = Assert.IsType<Failed>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
        Assert.Equal(SyncFailureKind.Timeout, failed.Kind);
    }

    [Fact]
    public async Task Withdraw_Cancelled_IsAnsweredToTheCallerAlone()
    {
        RawMember a = await JoinAsync("a");
        await a.EnterAsync(1, Two);

        await a.SendAsync(new WithdrawFrame(1, 0, WithdrawReason.Cancelled, TimeSpan.Zero));

        AnswerFrame answer = await a.ReceiveAsync<AnswerFrame>();
        Assert.Equal(1, answer.Request);
        Assert.IsType<Withdrawn>(answer.Outcome);
    }

    [Fact]
    public async Task Resume_UnacknowledgedAnswer_IsRepeated()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, Two);
        await b.EnterAsync(1, Two);
        await b.ReceiveAsync<DecisionFrame>();

        RawMember again = await JoinAsync("a", incarnation: a.Incarnation, resume: true);
        await again.SendAsync(new ResumeFrame(2, [1]));
        await again.EnterAsync(1, Two);

        Assert.IsType<Released>((await again.ReceiveAsync<AnswerFrame>()).Outcome);
        // The old connection ends, without a refusal that its member could take for its own.
        while (await a.ReceiveTypeAsync() is { } type) Assert.NotEqual(FrameType.Refuse, type);
    }
}
