using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Meetings;

public sealed class LoopbackTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task A2_MembersInProcessesOfTheirOwn_MeetAtABarrier(int count)
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(count));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");

        MeetingFacts[] met = await barriers.Rendezvous().MetAsync();

        Assert.All(met, m => Assert.Equal(count, m.Count));
        Assert.All(met, m => Assert.Equal(1, m.Generation));
        Assert.Equal(members.Ids(), met.Select(m => m.Self));
        Assert.Equal(members.Ids(), met[0].Arrivals.Select(a => a.Member).Order(StringComparer.Ordinal));
        Assert.Equal(met[0].Arrivals[^1].Member, met[0].Straggler);
        Assert.Equal(members[0].Id, met[0].Master);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task B1_MembersInProcessesOfTheirOwn_ExchangeDataByMemberId(int count)
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(count));
        RemoteData[] data = await members.DataAsync("setup");

        PendingCall[] calls = [.. data.Select(d => d.Sync($"given by {d.Member.Id}"))];
        await calls.MetAsync();

        foreach (PendingCall call in calls)
        {
            CallResult result = await call.ResultAsync();
            Assert.Equal(members.Ids(), result.Values!.Keys.Order(StringComparer.Ordinal));
            Assert.All(result.Values, pair => Assert.Equal($"given by {pair.Key}", pair.Value));
            Assert.Empty(result.WithoutData!);
        }
    }

    [Fact]
    public async Task X4_Arrivals_AreToldInTheirOrderWithTheirWaits()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");

        PendingCall third = barriers[2].Rendezvous(Lab.LongTimeout);
        PendingCall first = barriers[0].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[2], members[0]);
        PendingCall second = barriers[1].Rendezvous(Lab.LongTimeout);
        MeetingFacts[] met = await new[] { first, second, third }.MetAsync();

        Assert.Equal(members[1].Id, met[0].Straggler);
        Assert.Equal([1, 2, 3], met[0].Arrivals.Select(a => a.Order));
        Assert.Equal(0, met[0].Arrivals[2].WaitedMs);
        Assert.True(met[0].Arrivals[0].WaitedMs >= met[0].Arrivals[1].WaitedMs);
        Assert.Equal(met[0].SpreadMs, met[0].Arrivals[0].WaitedMs);
    }

    [Fact]
    public async Task A2_MembersOverIPv6_Meet()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync("::1#a", "::1#b");

        await (await members.BarriersAsync("server-up")).Rendezvous().MetAsync();
    }

    [Fact]
    public async Task A5_ServerOfItsOwn_ServesManyMembersOverIPv6AndUnixSockets()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync("server", "a", "b");
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        foreach (string listen in new[] { "[::1]:0", $"unix:{path}" })
        {
            RemoteServer server = await members[0].ServerAsync(listen);
            Member[] others = [members[1].With(server.Options), members[2].With(server.Options)];

            MeetingFacts[] met = await (await others.BarriersAsync("server-up")).Rendezvous().MetAsync();

            Assert.Equal(server.Endpoint, met[0].Master);
        }

        await members[0].Process.ExitAsync();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A2_AllProcesses_EndByThemselvesAfterwards()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        await (await members.BarriersAsync("server-up")).Rendezvous().MetAsync();

        // The host of the server goes first: nobody waits for anybody to leave.
        foreach (Member member in members) await member.Process.ExitAsync();
    }
}
