using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Hosts;

/// <summary>Two hosts with a network between them, the first with several members.</summary>
public sealed class TwoHostsTests
{
    private const string Key = "the key of these two hosts";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A1_SeveralMembersAHost_MeetAndExchangeAcrossHosts(bool v6)
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = new OptionFacts { Key = Key } };
        string[] hosts = [.. network.Hosts.Select(h => v6 ? h.V6 : h.V4)];
        Member[] members = await Task.WhenAll(
            lab.StartAsync($"{hosts[0]}#a", network.Hosts[0]),
            lab.StartAsync($"{hosts[0]}#b", network.Hosts[0]),
            lab.StartAsync($"{hosts[0]}#c", network.Hosts[0]),
            lab.StartAsync($"{hosts[1]}#d", network.Hosts[1]),
            lab.StartAsync($"{hosts[1]}", network.Hosts[1]));

        MeetingFacts[] met = await (await members.BarriersAsync("server-up")).Rendezvous().MetAsync();
        PendingCall[] calls = [.. (await members.DataAsync("setup")).Select(d => d.Sync(d.Member.Id))];
        await calls.MetAsync();

        Assert.Equal(members[0].Id, met[0].Master);
        Assert.All(await Task.WhenAll(calls.Select(c => c.ResultAsync())), r => Assert.All(r.Values!, pair => Assert.Equal(pair.Key, pair.Value)));
    }

    [Fact]
    public async Task A3_ControllerDialsTheOtherHost()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = new OptionFacts { Key = Key } };
        Member controller = await lab.StartAsync("controller", network.Hosts[0]);
        Member profiler = await lab.StartAsync(network.Hosts[1].V4, network.Hosts[1]);

        PendingCall dials = (await controller.BarrierAsync("start")).RendezvousServers(controller.Id, [profiler.Id], Lab.LongTimeout);
        PendingCall listens = (await profiler.BarrierAsync("start")).RendezvousServers(controller.Id, [profiler.Id], Lab.LongTimeout);

        await new[] { dials, listens }.MetAsync();
    }

    [Fact]
    public async Task Rule22_NoKeyBetweenHosts_IsAnErrorThatSaysWhatToSet()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = new OptionFacts() };
        Member master = await lab.StartAsync(network.Hosts[0].V4, network.Hosts[0]);

        RemoteBarrier barrier = await master.BarrierAsync("server-up", [.. network.Hosts.Select(h => h.V4)]);
        FailedCall failed = await barrier.Rendezvous(Lab.LongTimeout).FailureAsync();

        failed.Says("Key", "AllowUnauthenticated");
    }

    [Fact]
    public async Task Rule22_ExplicitOptOut_MeetsWithoutKey()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 2);
        await using Lab lab = new() { Options = new OptionFacts { AllowUnauthenticated = true } };
        Member[] members = await Task.WhenAll(network.Hosts.Select(h => lab.StartAsync(h.V4, h)));

        await (await members.BarriersAsync("server-up")).Rendezvous().MetAsync();
    }
}
