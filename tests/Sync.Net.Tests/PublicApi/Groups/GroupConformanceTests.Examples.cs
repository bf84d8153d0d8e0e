namespace Sync.Net.Tests.PublicApi.Groups;

// Avocado's barriers and worked examples.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task V1_Participants_AreAllNeeded()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<CountedResult> a = m[0].CountedBarrier("x").WaitAsync(3, Token);
        Task<CountedResult> b = m[1].CountedBarrier("x").WaitAsync(3, Token);
        await SettleAsync(m);
        Assert.False(a.IsCompleted || b.IsCompleted);

        CountedResult[] met = await AllAsync(a, b, m[2].CountedBarrier("x").WaitAsync(3, Token));

        Assert.All(met, each => Assert.Equal(["a", "b", "c"], each.Counted.Order()));
    }

    [Fact]
    public async Task V1_DifferentNumbers_AreAMismatchForAllWithTheReason()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<CountedResult> a = m[0].CountedBarrier("x").WaitAsync(2, Token);
        await SettleAsync(m[0]);

        SyncFailure b = await FailureAsync(m[1].CountedBarrier("x").WaitAsync(3, Token), SyncFailureKind.Mismatch, "b");

        Assert.Contains("2", b.Reason, StringComparison.Ordinal);
        Assert.Contains("3", b.Reason, StringComparison.Ordinal);
        Assert.Equal(b.Reason, (await FailureAsync(a, SyncFailureKind.Mismatch, "b")).Reason);
    }

    [Fact]
    public async Task V7_ServerAndClientOfABenchmark_MeetAtServerStartedAndTestFinished()
    {
        SyncGroup[] m = await JoinAllAsync("netserver netperf");
        bool isServing = false;

        bool[] seen = await AllAsync(ServeAsync(), MeasureAsync());

        Assert.Equal([false, true], seen);

        async Task<bool> ServeAsync()
        {
            Volatile.Write(ref isServing, true);
            await m[0].CountedBarrier("server-started").WaitAsync(2, Token);
            await m[0].CountedBarrier("test-finished").WaitAsync(2, Token);
            Volatile.Write(ref isServing, false);
            return false;
        }

        async Task<bool> MeasureAsync()
        {
            await m[1].CountedBarrier("server-started").WaitAsync(2, Token);
            bool served = Volatile.Read(ref isServing);
            await m[1].CountedBarrier("test-finished").WaitAsync(2, Token);
            return served;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task V7_RingOfPingPong_GoesRoundInOrder(int count)
    {
        string[] ids = [.. Enumerable.Range(1, count).Select(i => $"host{i}")];
        SyncGroup[] m = await JoinAllAsync(string.Join(' ', ids));
        var pinged = new List<string>();

        await Task.WhenAll(m.Select(PlayAsync)).WaitAsync(Token);

        Assert.Equal(ids, pinged);

        // Everybody takes part in all barriers ping1 … pingN; at pingI it is the turn of host I.
        async Task PlayAsync(SyncGroup self)
        {
            for (int i = 0; i < count; i++)
            {
                if (self.Self == ids[i])
                {
                    lock (pinged) pinged.Add(self.Self);
                }
                await self.CountedBarrier($"ping{i + 1}").WaitAsync(count, Token);
            }
        }
    }

    [Fact]
    public async Task A2_BarrierOfTheGroup_HasItsRosterAndCommonMessages()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");

        RendezvousResult[] met = await AllAsync([.. m.Select(each => each.Barrier("start").RendezvousAsync(Token))]);
        RendezvousResult[] two = await AllAsync(
            m[0].Barrier("two", ["a", "b"]).RendezvousAsync(Token), m[1].Barrier("two", ["a", "b"]).RendezvousAsync(Token));

        Assert.All(met, each => Assert.Equal((3, 1L), (each.Count, each.Generation)));
        Assert.All(two, each => Assert.Equal(2, each.Count));
    }

    [Fact]
    public async Task B7_ExchangeOfTheGroup_HasItsRoster()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");

        SyncResult<int>[] got = await AllAsync(
            m[0].Data<int>("port").SyncAsync(4711, Token), m[1].Data<int>("port").ReadAsync(Token), m[2].Data<int>("port").ReadAsync(Token));

        Assert.All(got, each => Assert.Equal(4711, each["a"]));
    }
}
