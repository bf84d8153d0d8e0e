using Microsoft.Extensions.Time.Testing;
using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class MemberRuntimeTests : IAsyncDisposable
{
    private static readonly SessionKey Session = ScriptedServer.Session;

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedConnector _connector;
    private readonly MemberRuntime _runtime;

    public MemberRuntimeTests()
    {
        _connector = new ScriptedConnector(_time);
        var machine = new MemberMachine(
            new MemberMachineOptions { Where = "db1:11922", ReconnectWindow = TimeSpan.FromSeconds(5) }, static () => 0.5);
        _runtime = new MemberRuntime(machine, _connector, _time);
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Fact]
    public async Task Start_Seated_EntersAndEndsWithTheDecision()
    {
        (_, Task<CallEnd> end) = Enter();
        ScriptedServer server = (await _connector.NextAsync()).Succeed();
        Assert.Equal(1, (await server.ReceiveAsync<EnterFrame>()).Request);
        await server.SendAsync(new DecisionFrame(Session, 7, Ends.Lost));
        CallEnd.Answered answered = Assert.IsType<CallEnd.Answered>(await end.Soon());
        Assert.Equal(7, answered.Generation);
        Assert.Equal(SyncFailureKind.MemberLost, Assert.IsType<Failed>(answered.Outcome).Kind);
    }

    [Fact]
    public async Task Start_FromManyThreads_NumbersAscendOnTheWire()
    {
        ScriptedServer server = await SeatedAsync();
        Task all = Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 100; i++) Enter(session: $"{thread}-{i}");
        })));
        for (int i = 0; i < 400; i++) Assert.Equal(i + 2, (await server.ReceiveAsync<EnterFrame>()).Request);
        await all.Soon();
    }

    [Fact]
    public async Task Deadline_Passes_AsksTheServerAndEndsWithItsAnswer()
    {
        ScriptedServer server = await SeatedAsync();
        (_, Task<CallEnd> end) = Enter(timeout: TimeSpan.FromSeconds(1.5));
        await server.ReceiveAsync<EnterFrame>();
        _time.Advance(TimeSpan.FromMilliseconds(1499));
        await server.PingAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        WithdrawFrame withdraw = await server.ReceiveAsync<WithdrawFrame>();
        Assert.Equal((2, WithdrawReason.TimedOut, TimeSpan.FromSeconds(1.5)), (withdraw.Request, withdraw.Reason, withdraw.Waited));
        await server.SendAsync(new AnswerFrame(2, Session, 7, Ends.Released));
        Assert.IsType<Released>(Assert.IsType<CallEnd.Answered>(await end.Soon()).Outcome);
    }

    [Fact]
    public async Task Cancel_Waiting_EndsWithTheServersAnswer()
    {
        ScriptedServer server = await SeatedAsync();
        (Call call, Task<CallEnd> end) = Enter();
        await server.ReceiveAsync<EnterFrame>();
        _runtime.Cancel(call);
        Assert.Equal(WithdrawReason.Cancelled, (await server.ReceiveAsync<WithdrawFrame>()).Reason);
        Assert.False(end.IsCompleted);
        await server.SendAsync(new AnswerFrame(2, Session, 0, Withdrawn.Instance));
        Assert.IsType<CallEnd.Cancelled>(await end.Soon());
    }

    [Fact]
    public async Task NeedRoster_LargeRoster_IsAnsweredWithTheMembers()
    {
        ScriptedServer server = await SeatedAsync();
        var roster = Roster.Of(Enumerable.Range(0, 65).Select(i => $"host{i}"));
        Enter(roster: roster);
        EnterFrame enter = await server.ReceiveAsync<EnterFrame>();
        Assert.Equal((roster.Hash, null), (enter.RosterHash, enter.Members));
        await server.SendAsync(new NeedRosterFrame(enter.Request));
        EnterFrame again = await server.ReceiveAsync<EnterFrame>();
        Assert.Equal(enter.Request, again.Request);
        Assert.Equal(roster.Members, again.Members);
    }

    [Fact]
    public async Task HangUp_WithoutAWord_ResumesWithTheSameRequests()
    {
        ScriptedServer server = await SeatedAsync();
        (_, Task<CallEnd> end) = Enter();
        server.HangUp();
        ScriptedConnector.Attempt attempt = await _connector.NextAsync();
        Assert.Equal((Way.Dial, true), (attempt.Way, attempt.Resume));

        server = attempt.Succeed();
        ResumeFrame resume = await server.ReceiveAsync<ResumeFrame>();
        Assert.Equal(3, resume.Next);
        Assert.Equal([2L], resume.Open);
        Assert.Equal(2, (await server.ReceiveAsync<EnterFrame>()).Request);
        Assert.False(end.IsCompleted);
    }

    [Fact]
    public async Task HangUp_NothingListensAnyMore_IsUndecided()
    {
        ScriptedServer server = await SeatedAsync();
        (_, Task<CallEnd> end) = Enter();
        server.HangUp();
        (await _connector.NextAsync()).Fail(AttemptFailureKind.NothingListens);
        Assert.IsType<CallEnd.Undecided>(await end.Soon());
    }

    [Fact]
    public async Task Stall_OldConnection_StaysOpenUntilTheNextHasTheSeat()
    {
        ScriptedServer stalled = await StalledAsync();
        ScriptedConnector.Attempt attempt = await _connector.NextAsync();
        Assert.True(attempt.Resume);
        await stalled.PingAsync();

        ScriptedServer server = attempt.Succeed();
        await stalled.HungUpAsync();
        await server.ReceiveAsync<ResumeFrame>();
        Assert.Equal(2, (await server.ReceiveAsync<EnterFrame>()).Request);
    }

    [Fact]
    public async Task Stall_OldConnectionBringsTheAnswer_TheCallEndsAndIsNotSentAgain()
    {
        ScriptedServer stalled = await StalledAsync();
        await stalled.SendAsync(new AnswerFrame(2, Session, 7, Ends.Lost));
        await stalled.PingAsync();

        ScriptedServer server = (await _connector.NextAsync()).Succeed();
        Assert.Empty((await server.ReceiveAsync<ResumeFrame>()).Open);
        await server.PingAsync();
    }

    [Fact]
    public async Task Stall_WindowPasses_ClosesTheOldConnection()
    {
        ScriptedServer stalled = await StalledAsync();
        await stalled.PingAsync();
        for (int i = 0; i < 5; i++) _time.Advance(TimeSpan.FromSeconds(1));
        await stalled.ReceiveAsync<HeartbeatFrame>();
        await stalled.HungUpAsync();
    }

    [Fact]
    public async Task Closing_OpenCall_StartsOverAtTheNextServer()
    {
        ScriptedServer server = await SeatedAsync();
        (_, Task<CallEnd> end) = Enter(hosts: true);
        await server.ReceiveAsync<EnterFrame>();
        await server.SendAsync(default(ClosingFrame));
        await server.ReceiveAsync<GoodbyeFrame>();
        server.HangUp();
        await _connector.LastLink!.Ended.Soon();
        _time.Advance(TimeSpan.FromSeconds(1));
        ScriptedConnector.Attempt attempt = await _connector.NextAsync();
        Assert.Equal((Way.Host, false), (attempt.Way, attempt.Resume));
        Assert.False(end.IsCompleted);
    }

    [Fact]
    public async Task Refuse_SeatTakenBack_IsUndecidedAndHangsUp()
    {
        ScriptedServer server = await SeatedAsync();
        (_, Task<CallEnd> end) = Enter();
        await server.ReceiveAsync<EnterFrame>();
        await server.SendAsync(new RefuseFrame(RefuseReason.Replaced, "replaced"));
        Assert.IsType<CallEnd.Undecided>(await end.Soon());
        await server.HungUpAsync();
        Assert.False(_connector.HasMore);
    }

    [Fact]
    public async Task Refuse_InTheHandshake_IsTheCallsEnd()
    {
        (_, Task<CallEnd> end) = Enter();
        (await _connector.NextAsync()).Refuse(RefuseReason.Duplicate);
        Assert.Equal(new CallEnd.Refused("Duplicate.", RefuseReason.Duplicate), await end.Soon());
    }

    [Fact]
    public async Task Garbage_FromTheServer_IsUndecidedUnlessItRecovers()
    {
        ScriptedServer server = await SeatedAsync();
        (_, Task<CallEnd> end) = Enter();
        await server.ReceiveAsync<EnterFrame>();
        await server.SendBytesAsync("HTTP/1.1 400 Bad Request"u8.ToArray());
        await server.HungUpAsync();
        (await _connector.NextAsync()).Fail(AttemptFailureKind.Fatal);
        Assert.IsType<CallEnd.Undecided>(await end.Soon());
    }

    [Fact]
    public async Task DisposeAsync_Seated_EndsCallsAndSaysGoodbye()
    {
        ScriptedServer server = await SeatedAsync();
        (_, Task<CallEnd> end) = Enter();
        await server.ReceiveAsync<EnterFrame>();
        await _runtime.DisposeAsync().AsTask().Soon();
        Assert.IsType<CallEnd.Disposed>(await end.Soon());
        Assert.False((await server.ReceiveAsync<GoodbyeFrame>()).Left);
        (_, Task<CallEnd> late) = Enter();
        Assert.IsType<CallEnd.Disposed>(await late.Soon());
    }

    [Fact]
    public async Task DisposeAsync_DuringAnAttempt_GivesTheSeatBack()
    {
        (_, Task<CallEnd> end) = Enter();
        ScriptedConnector.Attempt attempt = await _connector.NextAsync();
        await _runtime.DisposeAsync().AsTask().Soon();
        Assert.IsType<CallEnd.Disposed>(await end.Soon());
        await attempt.Succeed().ReceiveAsync<GoodbyeFrame>();
    }

    [Fact]
    public async Task Complete_CallsBack_WithoutTheLock()
    {
        ScriptedServer server = await SeatedAsync();
        var call = new Call
        {
            Kind = CallKind.Enter,
            Session = Session,
            Roster = Roster.Of(["db1", "web1"]),
            // Another thread gets in, so the lock is free here.
            Complete = (_, _) => Task.Run(() => Enter(session: "next")).Wait(TestContext.Current.CancellationToken),
        };
        _runtime.Start(call);
        await server.ReceiveAsync<EnterFrame>();
        await server.SendAsync(new DecisionFrame(Session, 1, Ends.Lost));
        Assert.Equal("next", (await server.ReceiveAsync<EnterFrame>()).Session.Name);
    }

    /// <summary>Request 1 is done, and a seat is had.</summary>
    private async Task<ScriptedServer> SeatedAsync()
    {
        (_, Task<CallEnd> end) = Enter(session: "first");
        ScriptedServer server = (await _connector.NextAsync()).Succeed();
        await server.ReceiveAsync<EnterFrame>();
        await server.SendAsync(new AnswerFrame(1, new SessionKey(SessionKind.Data, "first"), 0, Withdrawn.Instance));
        await end.Soon();
        return server;
    }

    /// <summary>Request 2 is open when the server has been silent for 12 s.</summary>
    private async Task<ScriptedServer> StalledAsync()
    {
        ScriptedServer server = await SeatedAsync();
        Enter();
        await server.ReceiveAsync<EnterFrame>();
        for (int i = 0; i < 6; i++) _time.Advance(LinkFactory.Beat);
        for (int i = 0; i < 5; i++) await server.ReceiveAsync<HeartbeatFrame>();
        return server;
    }

    private (Call, Task<CallEnd>) Enter(string? session = null, TimeSpan? timeout = null, Roster? roster = null, bool hosts = false)
    {
        var end = new TaskCompletionSource<CallEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = new Call
        {
            Kind = CallKind.Enter,
            Session = session is null ? Session : new SessionKey(SessionKind.Data, session),
            Roster = roster ?? Roster.Of(["db1", "web1"]),
            Timeout = timeout,
            Hosts = hosts,
            Complete = (ended, _) => end.SetResult(ended),
        };
        _runtime.Start(call);
        return (call, end.Task);
    }
}
