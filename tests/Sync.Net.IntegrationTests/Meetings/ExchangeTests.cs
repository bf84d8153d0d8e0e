using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Meetings;

public sealed class ExchangeTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task B7_OnePublisherManyReaders_ReadByKey()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(4));
        RemoteData[] data = await members.DataAsync("address");

        PendingCall[] calls = [data[0].Sync("10.1.2.3"), .. data[1..].Select(d => d.Read())];

        foreach (PendingCall call in calls)
        {
            CallResult result = await call.ResultAsync();
            Assert.Equal([new KeyValuePair<string, string>(members[0].Id, "10.1.2.3")], result.Values!);
            Assert.Equal(members[1..].Ids(), result.WithoutData!);
        }
    }

    [Fact]
    public async Task B7_FromSome_GivesOnlyTheirValues()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteData[] data = await members.DataAsync("setup");

        PendingCall[] calls =
        [
            data[0].Sync("zero"),
            data[1].Sync("one", from: [members[0].Id]),
            data[2].Sync("two", from: [members[2].Id, members[1].Id]),
        ];
        CallResult[] results = await Task.WhenAll(calls.Select(c => c.ResultAsync()));

        Assert.Equal(["one", "two", "zero"], results[0].Values!.Values.Order(StringComparer.Ordinal));
        Assert.Equal(["zero"], results[1].Values!.Values);
        Assert.Equal(["one", "two"], results[2].Values!.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task B9_OneMebibyteFromEachOfEight_ArrivesWhole()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(8));
        RemoteData[] data = await members.DataAsync("images", "bytes");

        PendingCall[] calls = [.. data.Select(d => d.Sync($"{d.Member.Id}:{Mebibyte}"))];
        CallResult[] results = await Task.WhenAll(calls.Select(c => c.ResultAsync()));

        Assert.Equal(8, results[0].Values!.Values.Distinct().Count());
        Assert.All(results[0].Values!.Values, value => Assert.StartsWith($"{Mebibyte}:", value, StringComparison.Ordinal));
        Assert.All(results, r => Assert.Equal(results[0].Values, r.Values));
    }

    [Fact]
    public async Task B5_OneReaderIsStopped_TheOthersGetTheResultAllTheSame()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(4));
        RemoteData[] data = await members.DataAsync("images", "bytes");
        PendingCall slow = data[3].Sync($"slow:{8 * Mebibyte}");
        PendingCall host = data[0].Sync($"host:{8 * Mebibyte}");
        await lab.ArrivedAsync(members[3], members[0]);

        await members[3].Process.StopAsync();
        PendingCall[] quick = [host, .. data[1..3].Select(d => d.Sync($"{d.Member.Id}:{8 * Mebibyte}"))];
        CallResult[] results = await Task.WhenAll(quick.Select(c => c.ResultAsync()));
        members[3].Process.Continue();

        Assert.All(results, r => Assert.Equal(results[0].Values, r.Values));
        Assert.Equal(results[0].Values, (await slow.ResultAsync()).Values);
    }

    [Fact]
    public async Task B9_Records_ArriveAsTheyWere()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteData[] data = await members.DataAsync("nodes", "record");
        string[] given =
        [
            """{"Name":"node 1","Port":1,"Disks":["sda","sdb"],"Load":{"1m":0.5}}""",
            """{"Name":"","Port":-1,"Disks":[],"Load":{}}""",
        ];

        PendingCall[] calls = [data[0].Sync(given[0]), data[1].Sync(given[1])];

        foreach (PendingCall call in calls)
        {
            CallResult result = await call.ResultAsync();
            Assert.Equal(given, members.Select(m => result.Values![m.Id]));
        }
    }

    [Fact]
    public async Task B9_AnotherType_IsAMismatchForAllThatNamesBoth()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteData text = await members[0].DataAsync("setup", members[0].Id, members.Ids());
        RemoteData number = await members[1].DataAsync("setup", members[0].Id, members.Ids(), dataType: "record");

        PendingCall first = text.Sync("classified");
        await first.StartedAsync();
        PendingCall second = number.Sync("""{"Name":"n","Port":1,"Disks":[],"Load":{}}""");
        FailedCall[] failed = await new[] { first, second }.FailedAsync();

        Assert.All(failed, f => f.Is(SyncFailureKind.Mismatch, members[1].Id).Says("setup", members[0].Id, members[1].Id, "NodeInfo"));
        Assert.All(failed, f => Assert.DoesNotContain("classified", f.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task B6_LateComerToAFinishedRound_GetsThatRoundsResult()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteData[] data = await members.DataAsync("setup");
        PendingCall gives = data[2].Sync("two", Lab.LongTimeout);
        PendingCall host = data[0].Sync("zero", Lab.LongTimeout);
        await lab.ArrivedAsync(members[2], members[0]);
        await gives.CancelAsync();
        await gives.FailureAsync();

        PendingCall last = data[1].Sync("one", Lab.LongTimeout);
        CallResult[] results = await Task.WhenAll(host.ResultAsync(), last.ResultAsync());
        CallResult late = await data[2].Read(Lab.LongTimeout).ResultAsync();

        Assert.Equal(results[0].Values, late.Values);
        Assert.Equal("two", late.Values![members[2].Id]);
        Assert.Equal(results[0].Meeting!.Generation, late.Meeting!.Generation);
    }

    [Fact]
    public async Task B1_MasterNotAmongTheHosts_OnlyServes()
    {
        await using Lab lab = new();
        string[] ids = Lab.ManyHosts(3);
        Member[] members = await lab.StartAsync(ids);
        RemoteData[] data = await Task.WhenAll(members.Select(m => m.DataAsync("setup", ids[0], ids[1..])));

        PendingCall serves = data[0].Read(Lab.LongTimeout);
        PendingCall[] gives = [.. data[1..].Select(d => d.Sync(d.Member.Id, Lab.LongTimeout))];
        CallResult[] results = await Task.WhenAll(gives.Append(serves).Select(c => c.ResultAsync()));

        Assert.All(results, r => Assert.Equal(ids[1..], r.Values!.Keys.Order(StringComparer.Ordinal)));
        Assert.All(results, r => Assert.Equal(2, r.Meeting!.Count));
        Assert.All(results, r => Assert.Equal(ids[0], r.Meeting!.Master));
    }

    [Fact]
    public async Task B1_MasterNotAmongTheHosts_HasNothingToGive()
    {
        await using Lab lab = new();
        string[] ids = Lab.ManyHosts(2);
        Member[] members = await lab.StartAsync(ids[0]);

        FailedCall failed = await (await members[0].DataAsync("setup", ids[0], ids[1..])).Sync("mine", Lab.LongTimeout).FailureAsync();

        Assert.Equal(nameof(InvalidOperationException), failed.Failure.Type);
    }

    [Fact]
    public async Task B1_SingleSync_MeetsAndDisposes()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteData[] data = await members.DataAsync("setup");

        await Task.WhenAll(data.Select(d => d.SingleSync(d.Member.Id, Lab.LongTimeout).ResultAsync()));
        FailedCall failed = await data[1].Read().FailureAsync();

        Assert.Equal(nameof(ObjectDisposedException), failed.Failure.Type);
    }
}
