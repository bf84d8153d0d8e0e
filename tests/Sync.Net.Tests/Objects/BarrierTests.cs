namespace Sync.Net.Tests.Objects;

/// <summary>A1, A2, A5, A8 and A9 as the users of a barrier see them.</summary>
public sealed class BarrierTests : ObjectTest
{
    [Theory]
    [InlineData("")]
    [InlineData("#tag")]
    [InlineData("#")]
    public void A1_UnusableId_IsRefusedByTheConstructor(string id)
    {
        Assert.Equal("hostId", Assert.Throws<ArgumentException>(() => new Barrier(id, "server-up")).ParamName);
        Assert.Equal("hostId", Assert.Throws<ArgumentException>(() => new SyncData<string>("a", id, ["a"], "setup")).ParamName);
    }

    [Fact]
    public async Task A1_TextBeforeTheFirstHash_IsTheAddressOfTheMaster()
    {
        string[] roster = ["first#a#b", "other"];
        Task<RendezvousResult> early = MakeBarrier("other", "server-up", roster).RendezvousAsync(TimeSpan.FromSeconds(1), Token);
        Time.Advance(TimeSpan.FromSeconds(1));

        SyncFailure failure = await FailureAsync(early);

        Assert.Equal("first:11922", failure.Endpoint);
    }

    [Fact]
    public async Task A2_AnyOrder_TheOrdinalFirstOfTheRosterIsMaster()
    {
        // By culture, 'a' would come before 'B'.
        SyncOptions[] options = [Options(), Options()];
        foreach (SyncOptions each in options) each.Endpoints["B"] = "there:1";
        Task<RendezvousResult> b = MakeBarrier("B", "server-up", ["a", "B"], options[0]).RendezvousAsync(Token);
        Task<RendezvousResult> a = MakeBarrier("a", "server-up", ["B", "a"], options[1]).RendezvousAsync(Token);

        Assert.All(await AllAsync(a, b), met => Assert.Equal("B", met.Master));
    }

    [Fact]
    public async Task A2_MemberThirtySecondsBeforeTheMaster_MeetsSoonAfterTheMasterIsThere()
    {
        SimulatedProcess process = StartProcess();
        Task<RendezvousResult> early = MakeBarrier("h#2", "server-up", Two, Options(process), TimeSpan.FromMinutes(2)).RendezvousAsync(Token);
        TimeSpan Elapsed() => Time.GetUtcNow() - Time.Start;
        while (Elapsed() < TimeSpan.FromSeconds(30))
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
        Assert.Equal(0, process.Connections);

        Task<RendezvousResult> master = MakeBarrier("h#1", "server-up", Two).RendezvousAsync(Token);
        await AdvanceUntilAsync(process.Connected);
        RendezvousResult[] met = await AllAsync(early, master);

        Assert.InRange(Elapsed(), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(33));
        Assert.True(met[0].Waited >= TimeSpan.FromSeconds(30));
        Assert.True(met[1].Waited <= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A5_ManyBarriers_ShareOneServerInSequenceAndAtOnce()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        string[] ids = ["h#1", "h#2"];

        for (int round = 1; round <= 2; round++)
        {
            Barrier[] barriers = [.. Enumerable.Range(0, 10).SelectMany(i => ids.Select(id =>
                MakeBarrier(id, $"tag {i}", ids, Options(process), server: server)))];
            RendezvousResult[] met = await AllAsync([.. barriers.Select(b => b.RendezvousAsync(Token))]);
            Assert.All(met, m => Assert.Equal(round, m.Generation));
        }

        Assert.Equal(0, process.Connections);
        Assert.False(server.Completion.IsCompleted);
    }

    [Fact]
    public async Task A8_Deadline_IsExactAndNotStretchedByWhatHappensMeanwhile()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        Barrier waiting = MakeBarrier("h#1", "x", Three, Options(process), server: server);
        Barrier other = MakeBarrier("h#2", "x", Three, Options(process), server: server);
        Task<RendezvousResult> call = waiting.RendezvousAsync(TimeSpan.FromSeconds(60), Token);

        Time.Advance(TimeSpan.FromSeconds(30));
        using var cancelled = new CancellationTokenSource();
        Task<RendezvousResult> comesAndGoes = other.RendezvousAsync(cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => comesAndGoes);
        Time.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.False(call.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(TimeSpan.FromSeconds(60), (await FailureAsync(call)).Elapsed);
    }

    [Fact]
    public async Task A8_TimeoutsDiffer_TheShortestCountsForAll()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        Task<RendezvousResult> patient = MakeBarrier("h#1", "x", Three, Options(process), server: server).RendezvousAsync(Token);
        Task<RendezvousResult> hasty = MakeBarrier("h#2", "x", Three, Options(process), TimeSpan.FromSeconds(5), server).RendezvousAsync(Token);

        Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("h#2", (await FailureAsync(patient)).Culprit);
        Assert.Equal("h#2", (await FailureAsync(hasty)).Culprit);
    }

    [Fact]
    public async Task A8_NoTimeout_WaitsForEver()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        Task<RendezvousResult> byDefault = MakeBarrier("h#1", "x", Two, Options(process), server: server).RendezvousAsync(Token);
        Task<RendezvousResult> said = MakeBarrier("h#1", "y", Two, Options(process), server: server).RendezvousAsync(Timeout.InfiniteTimeSpan, Token);

        Time.Advance(TimeSpan.FromHours(2));

        Assert.False(byDefault.IsCompleted);
        Assert.False(said.IsCompleted);
    }

    [Fact]
    public async Task A8_Zero_FailsAtOnceUnlessItIsTheLast()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        Barrier first = MakeBarrier("h#1", "x", Two, Options(process), server: server);
        Barrier second = MakeBarrier("h#2", "y", Two, Options(process), server: server);
        Barrier third = MakeBarrier("h#1", "y", Two, Options(process), server: server);

        await Assert.ThrowsAsync<SyncTimeoutException>(() => first.RendezvousAsync(TimeSpan.Zero, Token).WaitAsync(Token));
        Task<RendezvousResult> waiting = second.RendezvousAsync(Token);
        RendezvousResult met = await third.RendezvousAsync(TimeSpan.Zero, Token).WaitAsync(Token);

        Assert.Equal(2, met.Count);
        await waiting.WaitAsync(Token);
    }

    [Fact]
    public async Task A8_WallClockThatJumps_IsOfNoImportance()
    {
        SyncOptions options = Options();
        options.TimeProvider = new JumpingClock(Time);
        Task<RendezvousResult> call = MakeBarrier("h#1", "x", Two, options).RendezvousAsync(TimeSpan.FromSeconds(60), Token);

        Time.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.False(call.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(TimeSpan.FromSeconds(60), (await FailureAsync(call)).Elapsed);
    }

    [Theory]
    [InlineData]
    [InlineData("h#2")]
    [InlineData("h#1", "h#2", "h#1")]
    [InlineData("h#1,h#2")]
    public async Task A9_UnusableRoster_IsAnArgumentErrorWhereverItIsGiven(params string[] roster)
    {
        Barrier barrier = MakeBarrier("h#1", "x", Two);

        Assert.Throws<ArgumentException>(() => new Barrier("h#1", "x", roster: roster));
        await Assert.ThrowsAsync<ArgumentException>(() => barrier.RendezvousAsync(roster, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => barrier.TryRendezvousAsync(roster, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => barrier.AbortAsync("no", roster, Token));
        Assert.Throws<ArgumentException>(() => new SyncData<string>("h#1", "h#1", roster is ["h#2"] ? [] : roster, "x"));
    }

    [Fact]
    public async Task A9_RosterOfJustMe_ReturnsAtOnceWithoutAServer()
    {
        SimulatedProcess process = StartProcess();
        SyncOptions options = Options(process);
        options.Endpoint = "nobody:1";
        Barrier barrier = MakeBarrier("h#1", "x", ["h#1"], options);

        Task<RendezvousResult> first = barrier.RendezvousAsync(Token);
        Task<bool> second = barrier.TryRendezvousAsync(Token);

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(second.IsCompletedSuccessfully && await second);
        Assert.Equal((1, 1L, "h#1"), ((await first).Count, (await first).Generation, (await first).Self));
        Assert.Equal(0, process.Connections);
    }

    [Fact]
    public async Task A9_NoRosterAnywhere_IsAnErrorThatSaysWhereToGiveIt()
    {
        Barrier barrier = MakeBarrier("h#1", "server-up");

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => barrier.RendezvousAsync(Token));

        Assert.Contains("'server-up' has no roster", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Somebody sets the clock whenever it is looked at; what counts time goes on evenly.</summary>
    private sealed class JumpingClock(TimeProvider even) : TimeProvider
    {
        private int _looks;

        public override long TimestampFrequency => even.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddYears(50 + Interlocked.Increment(ref _looks) % 2 * 20);

        public override long GetTimestamp() => even.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            even.CreateTimer(callback, state, dueTime, period);
    }
}
