using Sync.Net.Runtime.Handshake;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class LivenessTests : ServerTest
{
    private static readonly Roster Two = Roster.Of(["a", "b"]);

    [Fact]
    public async Task Idle_TheServerSendsHeartbeats()
    {
        RawMember a = await JoinAsync("a");

        Task<FrameType?> receiving = a.ReceiveTypeAsync();
        Time.Advance(Options.HeartbeatInterval);

        Assert.Equal(FrameType.Heartbeat, await receiving);
    }

    [Fact]
    public async Task Silent_ForTimeoutAndWindow_IsLost()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, Two);
        await RoundTripAsync(a);
        TimeSpan limit = Options.HeartbeatTimeout + Options.ReconnectWindow;

        for (TimeSpan passed = default; passed < limit; passed += Options.HeartbeatInterval)
        {
            await RoundTripAsync(a);
            Time.Advance(Options.HeartbeatInterval);
        }

        Failed failed = Assert.IsType<Failed>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
        Assert.Equal((SyncFailureKind.MemberLost, "b"), (failed.Kind, failed.Culprit));
        await b.EndAsync();
    }

    [Fact]
    public async Task Heartbeats_KeepAMemberAlive()
    {
        RawMember a = await JoinAsync("a");
        for (int i = 0; i < 30; i++)
        {
            await RoundTripAsync(a);
            Time.Advance(TimeSpan.FromSeconds(1));
        }
        await a.EnterAsync(1, Roster.Of(["a"]));
        Assert.IsType<Released>((await a.ReceiveAsync<DecisionFrame>()).Outcome);
    }

    [Fact]
    public async Task SecondIncarnation_OldOneHeardJustNow_IsAskedAllTheSame()
    {
        RawMember old = await JoinAsync("a");

        Task<RefuseReason> refusal = RefusalAsync("a");
        PingFrame ping = await old.ReceiveAsync<PingFrame>();
        await old.SendAsync(new PongFrame(ping.Token, 0));

        Assert.Equal(RefuseReason.Duplicate, await refusal);
    }

    [Fact]
    public async Task SecondIncarnation_OldOneAnswersThePing_IsRefused()
    {
        RawMember old = await JoinAsync("a");
        Time.Advance(Options.HeartbeatInterval * 2);

        Task<RefuseReason> refusal = RefusalAsync("a");
        PingFrame ping = await old.ReceiveAsync<PingFrame>();
        await old.SendAsync(new PongFrame(ping.Token, 0));

        Assert.Equal(RefuseReason.Duplicate, await refusal);
    }

    [Fact]
    public async Task SecondIncarnation_OldOneIsDumb_TakesTheSeat()
    {
        RawMember old = await JoinAsync("a");
        Time.Advance(Options.HeartbeatInterval * 2);

        Task<RawMember> joining = JoinAsync("a");
        await old.ReceiveAsync<PingFrame>();
        Time.Advance(TimeSpan.FromSeconds(2));

        RawMember newcomer = await joining;
        Assert.Equal(RefuseReason.Replaced, (await old.ReceiveAsync<RefuseFrame>()).Reason);
        Assert.Equal(RefuseReason.Replaced, await RefusalAsync("a", incarnation: old.Incarnation));
        await RoundTripAsync(newcomer);
    }

    [Fact]
    public async Task Newcomer_GoneBeforeTheVerdict_IsForgotten()
    {
        RawMember old = await JoinAsync("a");
        Time.Advance(Options.HeartbeatInterval * 2);
        RawMember newcomer = await OpenAsync("a");
        Task<RawMember> joining = newcomer.ShakeHandsAsync();
        await old.ReceiveAsync<PingFrame>();

        await newcomer.SendAsync(Server.Term, new HeartbeatFrame(0));
        Assert.Equal(RefuseReason.Protocol, Assert.IsType<MemberHandshakeResult.Refused>((await joining).Result).Reason);
        Time.Advance(TimeSpan.FromSeconds(2));

        await RoundTripAsync(old);
    }

    [Fact]
    public async Task Reader_ThatTakesNothing_IsCutOffAndMayResume()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await b.EnterAsync(1, Two);

        // Each ping is answered, and nobody reads the answers.
        await FloodAsync(a);
        RawMember again = await JoinAsync("a", incarnation: a.Incarnation, resume: true);
        await again.EnterAsync(1, Two);

        Assert.IsType<Released>((await b.ReceiveAsync<DecisionFrame>()).Outcome);
    }

    public override ValueTask InitializeAsync()
    {
        Options.Limits.MaxQueuedBytes = 10_000;
        return base.InitializeAsync();
    }

    private static async Task FloodAsync(RawMember member)
    {
        try
        {
            while (true) await member.SendAsync(new PingFrame(1));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Cut off.
        }
    }
}
