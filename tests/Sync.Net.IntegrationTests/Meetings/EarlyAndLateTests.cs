using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Meetings;

/// <summary>Members that come long before the others, and objects that go before the others are done.</summary>
public sealed class EarlyAndLateTests
{
    [Fact]
    public async Task A2_MemberBeforeTheMaster_TriesAgainUntilTheMasterIsThere()
    {
        await using Lab lab = new();
        string[] ids = Lab.ManyHosts(2);
        Member early = await lab.StartAsync(ids[1], on: null);
        RemoteBarrier barrier = await early.BarrierAsync("server-up", ids);
        PendingCall waits = barrier.Rendezvous(Lab.LongTimeout);
        await waits.StartedAsync();

        // Starting the master's process takes long enough for several refused attempts.
        Member master = await lab.StartAsync(ids[0], on: null);
        PendingCall arrives = (await master.BarrierAsync("server-up", ids)).Rendezvous(Lab.LongTimeout);
        MeetingFacts[] met = await new[] { waits, arrives }.MetAsync();

        Assert.Equal(master.Id, met[0].Master);
        Assert.True(met[0].WaitedMs > met[1].WaitedMs);
    }

    [Fact]
    public async Task A8_MasterNeverComes_TimesOutAndSaysWhereItTried()
    {
        await using Lab lab = new();
        string[] ids = Lab.ManyHosts(2);
        Member early = await lab.StartAsync(ids[1], on: null);
        RemoteBarrier barrier = await early.BarrierAsync("server-up", ids);

        FailedCall failed = await barrier.Rendezvous(TimeSpan.FromSeconds(1)).FailureAsync();

        failed.Is(SyncFailureKind.Timeout, failed.Facts.Culprit).Says("server-up", ids[0], $"{lab.Options.Port}");
        Assert.InRange(failed.Failure.RanMs, 1000, 3000);
        Assert.False(failed.Facts.Undecided);
    }

    [Fact]
    public async Task A2_MembersOfOneHostInAnyOrder_ShareOneMaster()
    {
        await using Lab lab = new();
        string[] ids = Lab.OneHost(3);
        List<PendingCall> calls = [];
        foreach (string id in ids.Reverse())
        {
            Member member = await lab.StartAsync(id, on: null);
            calls.Add((await member.BarrierAsync("server-up", ids)).Rendezvous(Lab.LongTimeout));
            await calls[^1].StartedAsync();
        }

        await calls.MetAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A10_OneDisposesServerUpWhileTheOtherWaitsInTestDone_NobodyFails(int disposing)
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        Member staying = members[1 - disposing];
        RemoteBarrier[] serverUp = await members.BarriersAsync("server-up");
        await serverUp.Rendezvous().MetAsync();

        PendingCall waits = (await staying.BarrierAsync("test-done", members.Ids())).Rendezvous(Lab.LongTimeout);
        await waits.StartedAsync();
        await lab.ArrivedAsync(members[1], members[0]);
        await serverUp[disposing].Dispose().ResultAsync();
        PendingCall comes = (await members[disposing].BarrierAsync("test-done", members.Ids())).Rendezvous(Lab.LongTimeout);

        await new[] { waits, comes }.MetAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A10_OneLeavesEverythingWhileTheOtherWaits_TheOtherWaitsForItsReturn(int leaving)
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] serverUp = await members.BarriersAsync("server-up");
        await serverUp.Rendezvous().MetAsync();
        Member staying = members[1 - leaving];

        // No probe here: it would be one more object that keeps the leaving side.
        PendingCall waits = (await staying.BarrierAsync("test-done", members.Ids())).Rendezvous(Lab.LongTimeout);
        await waits.StartedAsync();
        await serverUp[leaving].Dispose().ResultAsync();
        PendingCall comes = (await members[leaving].BarrierAsync("test-done", members.Ids())).Rendezvous(Lab.LongTimeout);

        await new[] { waits, comes }.MetAsync();
    }

    [Fact]
    public async Task Rule2_ServerStopsInGoodOrder_WaitersStartOverAtTheNextServerWithoutError()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync("server-1", "server-2", "a", "b");
        string listen = $"127.0.0.1:{Ports.Free()}";
        RemoteServer first = await members[0].ServerAsync(listen);
        Member[] others = [members[2].With(first.Options), members[3].With(first.Options)];
        RemoteBarrier[] barriers = await others.BarriersAsync("server-up");
        PendingCall waits = barriers[0].Rendezvous(Lab.LongTimeout);
        await waits.StartedAsync();

        await first.Stop().ResultAsync();
        await members[1].ServerAsync(listen);
        PendingCall comes = barriers[1].Rendezvous(Lab.LongTimeout);

        await new[] { waits, comes }.MetAsync();
    }
}
