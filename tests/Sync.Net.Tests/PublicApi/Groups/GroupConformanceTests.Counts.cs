namespace Sync.Net.Tests.PublicApi.Groups;

// Emulab's and Avocado's counted barriers.
public abstract partial class GroupConformanceTests
{
    [Fact]
    public async Task E1_Names_AreApartAndOneHasADefault()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Assert.Equal("barrier", m[0].CountedBarrier().Name);
        Task<CountedResult> other = m[0].CountedBarrier("other").InitializeAsync(1, Token);
        Task<CountedResult> one = m[0].CountedBarrier().InitializeAsync(1, Token);
        await SettleAsync(m[0]);
        await AllAsync(one, m[1].CountedBarrier("barrier").WaitAsync(Token));
        Assert.False(other.IsCompleted);
        await AllAsync(other, m[1].CountedBarrier("other").WaitAsync(Token));
    }

    [Fact]
    public async Task E2_Initialise_CountsTheWaitersAndBlocksWithThem()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<CountedResult> a = m[0].CountedBarrier("x").InitializeAsync(2, Token);
        await SettleAsync(m[0]);
        Task<CountedResult> b = m[1].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m[1]);
        Assert.False(a.IsCompleted || b.IsCompleted);

        CountedResult[] met = await AllAsync(a, b, m[2].CountedBarrier("x").WaitAsync(Token));

        Assert.All(met, each => Assert.Equal((3, 0, "c"), (each.Meeting.Count, each.Code, each.Meeting.Straggler)));
        Assert.All(met, each => Assert.Equal(["b", "c"], each.Counted));
        Assert.All(met, each => Assert.Equal(["a", "b", "c"], each.Meeting.Arrivals.Select(arrival => arrival.Member)));
    }

    [Fact]
    public async Task E2_SeveralInitialisers_AddUp()
    {
        SyncGroup[] m = await JoinAllAsync("a b c d");
        Task<CountedResult>[] all =
        [
            m[0].CountedBarrier("x").InitializeAsync(1, Token),
            m[1].CountedBarrier("x").InitializeAsync(1, Token),
        ];
        await SettleAsync(m[0], m[1]);
        Task<CountedResult> c = m[2].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m[2]);
        Assert.False(c.IsCompleted);

        CountedResult[] met = await AllAsync([.. all, c, m[3].CountedBarrier("x").WaitAsync(Token)]);

        Assert.All(met, each => Assert.Equal(4, each.Meeting.Count));
    }

    [Fact]
    public async Task E2_ReleasedName_IsFreeAgain()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        for (long i = 1; i <= 3; i++)
        {
            Task<CountedResult> a = m[0].CountedBarrier("x").InitializeAsync(1, Token);
            await SettleAsync(m[0]);
            CountedResult[] met = await AllAsync(a, m[1].CountedBarrier("x").WaitAsync(Token));
            Assert.All(met, each => Assert.Equal((i, 2), (each.Meeting.Generation, each.Meeting.Count)));
        }
    }

    [Fact]
    public async Task E3_WaitersFirst_CountGoesNegative()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<CountedResult>[] waiters = [m[1].CountedBarrier("x").WaitAsync(Token), m[2].CountedBarrier("x").WaitAsync(Token)];
        await SettleAsync(m);
        Assert.All(waiters, waiter => Assert.False(waiter.IsCompleted));

        await AllAsync([.. waiters, m[0].CountedBarrier("x").InitializeAsync(2, Token)]);
    }

    [Fact]
    public async Task E4_Add_ReturnsAtOnceAndStaysThoughItsMemberGoes()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[0].CountedBarrier("x").AddAsync(2, Token);
        await KillAsync(m[0], witness: m[1]);

        CountedResult[] met = await AllAsync(m[1].CountedBarrier("x").WaitAsync(Token), m[2].CountedBarrier("x").WaitAsync(Token));

        Assert.All(met, each => Assert.Equal(["b", "c"], each.Counted.Order()));
    }

    [Fact]
    public async Task E5_Codes_AllGetTheLargestAndWhoReportedIt()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        Task<CountedResult> a = m[0].CountedBarrier("x").InitializeAsync(2, 3, cancellationToken: Token);
        Task<CountedResult> b = m[1].CountedBarrier("x").WaitAsync(code: 7, cancellationToken: Token);
        await SettleAsync(m);

        CountedResult[] met = await AllAsync(a, b, m[2].CountedBarrier("x").WaitAsync(code: 0, cancellationToken: Token));

        Assert.All(met, each => Assert.Equal((7, "b"), (each.Code, Assert.Single(each.CodeReportedBy))));
    }

    [Fact]
    public async Task E9_Clear_EndsAllWaitsAndForgetsTheCount()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        await m[0].CountedBarrier("x").AddAsync(3, Token);
        Task<CountedResult> b = m[1].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m[1]);

        await m[2].CountedBarrier("x").ClearAsync(Token);

        await FailureAsync(b, SyncFailureKind.Cleared, "c");
        Task<CountedResult> again = m[1].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m[1]);
        Assert.False(again.IsCompleted);
        await AllAsync(again, m[0].CountedBarrier("x").InitializeAsync(1, Token));
    }

    [Fact]
    public async Task E10_WaiterDies_IsUndoneAndTheSumIsJudgedAgain()
    {
        SyncGroup[] m = await JoinAllAsync("a b c d");
        // Two waiters come, one is counted: too many, until one of them dies.
        Task<CountedResult> b = m[1].CountedBarrier("x").WaitAsync(Token);
        Task<CountedResult> c = m[2].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m);
        Task<CountedResult> a = m[0].CountedBarrier("x").InitializeAsync(1, Token);
        await SettleAsync(m);
        Assert.False(a.IsCompleted || b.IsCompleted);

        await KillAsync(m[2], witness: m[3]);

        Assert.All(await AllAsync(a, b), each => Assert.Equal(["b"], each.Counted));
        await Assert.ThrowsAnyAsync<Exception>(() => c.WaitAsync(Token));
    }

    [Fact]
    public async Task E10_InitialiserDies_ItsCountIsTakenBack()
    {
        SyncGroup[] m = await JoinAllAsync("a b c");
        _ = m[0].CountedBarrier("x").InitializeAsync(2, Token);
        Task<CountedResult> b = m[1].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m);

        await KillAsync(m[0], witness: m[2]);

        await SettleAsync(m[1]);
        Assert.False(b.IsCompleted);
        await AllAsync(b, m[2].CountedBarrier("x").InitializeAsync(1, Token));
    }

    [Fact]
    public async Task E10_TimeoutOrCancel_TakesBackItsOwnAndHarmsNobody()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await FailureAsync(m[0].CountedBarrier("x").WaitAsync(timeout: TimeSpan.Zero, cancellationToken: Token), SyncFailureKind.Timeout, "a");
        using var cancel = new CancellationTokenSource();
        Task<CountedResult> cancelled = m[0].CountedBarrier("x").WaitAsync(cancel.Token);
        await SettleAsync(m[0]);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Token));

        CountedResult[] met = await AllAsync(
            m[1].CountedBarrier("x").InitializeAsync(1, Token), m[0].CountedBarrier("x").WaitAsync(Token));

        Assert.All(met, each => Assert.Equal(["a"], each.Counted));
    }

    [Fact]
    public async Task Rule15_NamedInitialise_TurnsAStrayAwaySoThatNoRoundIsOneShort()
    {
        SyncGroup[] m = await JoinAllAsync("a b c stray");
        Task<CountedResult> early = m[3].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m[3]);
        Task<CountedResult> a = m[0].CountedBarrier("x").InitializeAsync(["b", "c"], Token);
        await FailureAsync(early, SyncFailureKind.Mismatch, "stray");
        await FailureAsync(m[3].CountedBarrier("x").WaitAsync(Token), SyncFailureKind.Mismatch, "stray");
        Task<CountedResult> b = m[1].CountedBarrier("x").WaitAsync(Token);
        await SettleAsync(m);
        Assert.False(a.IsCompleted || b.IsCompleted);

        CountedResult[] met = await AllAsync(a, b, m[2].CountedBarrier("x").WaitAsync(Token));

        Assert.All(met, each => Assert.Equal(["b", "c"], each.Counted.Order()));
    }

    [Fact]
    public async Task Rule15_ParticipantsAndInitialise_IsAMismatchForAll()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<CountedResult> a = m[0].CountedBarrier("x").WaitAsync(2, Token);
        await SettleAsync(m[0]);

        await FailureAsync(m[1].CountedBarrier("x").InitializeAsync(1, Token), SyncFailureKind.Mismatch, "b");
        await FailureAsync(a, SyncFailureKind.Mismatch, "b");
    }
}
