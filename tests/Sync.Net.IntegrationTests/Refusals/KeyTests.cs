using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Refusals;

public sealed class KeyTests
{
    private const string Key = "a key that is long enough";
    private const string OtherKey = "another key of some length";

    [Fact]
    public async Task Rule22_SameKey_Meets()
    {
        await using Lab lab = new() { Options = new OptionFacts { Port = Ports.Free(), Key = Key } };
        Member[] members = await lab.StartAsync(Lab.OneHost(3));

        await (await members.BarriersAsync("server-up")).Rendezvous().MetAsync();
    }

    [Theory]
    [InlineData(Key, OtherKey)]
    [InlineData(Key, null)]
    [InlineData(null, Key)]
    public async Task Rule22_AnotherKeyOrNone_IsRefusedAndHarmsNobody(string? key, string? wrong)
    {
        await using Lab lab = new() { Options = new OptionFacts { Port = Ports.Free(), Key = key } };
        Member[] members = await lab.StartAsync(Lab.ManyHosts(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall waits = barriers[0].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);

        Member intruder = await lab.StartAsync(members[1].Id, on: null, lab.Options with { Key = wrong });
        FailedCall refused = await (await intruder.BarrierAsync("server-up", members.Ids())).Rendezvous(Lab.LongTimeout).FailureAsync();

        refused.Is(SyncFailureKind.Refused).Says("server-up", "key", $"{lab.Options.Port}");
        Assert.True(refused.Failure.RanMs < 10_000);
        Assert.DoesNotContain(Key, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherKey, refused.Message, StringComparison.Ordinal);
        await new[] { waits, barriers[1].Rendezvous(Lab.LongTimeout) }.MetAsync();
    }

    [Fact]
    public async Task Rule22_ShortKey_IsAnArgumentErrorThatSaysSo()
    {
        await using Lab lab = new() { Options = new OptionFacts { Port = Ports.Free(), Key = "too short" } };
        Member[] members = await lab.StartAsync("127.0.0.1#a");

        FailedCall failed = await members[0].Process.Send(new Command
        {
            Id = 0,
            Op = Ops.Barrier,
            Target = "b",
            HostId = members[0].Id,
            Session = "server-up",
            Options = lab.Options,
        }).FailureAsync();

        Assert.StartsWith("Argument", failed.Failure.Type, StringComparison.Ordinal);
        failed.Says("16", "Key");
        Assert.DoesNotContain("too short", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule22_OffLoopbackWithoutKey_IsAnErrorThatSaysWhatToSet()
    {
        await using Lab lab = new() { Options = new OptionFacts { Port = Ports.Free(), ListenAddress = "0.0.0.0" } };
        Member[] members = await lab.StartAsync(Lab.OneHost(2));

        FailedCall server = await members[0].Process
            .Send(new Command { Id = 0, Op = Ops.Server, Target = "s", Listen = "0.0.0.0:0", Options = new OptionFacts() })
            .FailureAsync();
        RemoteBarrier barrier = await members[0].BarrierAsync("server-up", members.Ids());
        FailedCall embedded = await barrier.Rendezvous(Lab.LongTimeout).FailureAsync();

        server.Says("Key", "AllowUnauthenticated");
        embedded.Says("Key", "AllowUnauthenticated");
    }
}
