using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>What a round of the library's own members costs on the wire, each way. Time stands still, so nothing but rounds is sent.</summary>
public sealed class RoundTrafficTests : BoundedTest
{
    /// <summary>The first two rounds bring the roster, and what is written of a number differs from the 128th on.</summary>
    private const int Before = 2;

    private const int Rounds = 10;

    private readonly MemoryTransport _network = new();
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(2, 42, 49)]
    [InlineData(8, 42, 85)]
    [InlineData(64, 42, 423)]
    public async Task Cost_ARoundOfABarrier_IsOneFrameEachWayAndSoManyBytesAMember(int members, int up, int down) =>
        Assert.Equal((Rounds, Rounds * up, Rounds, Rounds * down), await CountAsync(members, Meeting));

    [Theory]
    [InlineData(2, 112, 203)]
    [InlineData(8, 112, 701)]
    [InlineData(64, 112, 5353)]
    public async Task Cost_ARoundOfAnExchange_IsOneFrameEachWayAndEachValueOnce(int members, int up, int down) =>
        Assert.Equal((Rounds, Rounds * up, Rounds, Rounds * down), await CountAsync(members, Giving));

    private static (Func<Task> Meet, IAsyncDisposable Owner) Meeting(string self, string[] roster, SyncOptions options)
    {
        var barrier = new Barrier(self, "up", roster: roster, options: options);
        return (() => barrier.RendezvousAsync(), barrier);
    }

    private static (Func<Task> Meet, IAsyncDisposable Owner) Giving(string self, string[] roster, SyncOptions options)
    {
        var data = new SyncData<byte[]>(roster[0], self, roster, "up", options: options);
        return (() => data.SyncAsync(new byte[64]), data);
    }

    /// <summary>The traffic of one member over the rounds, which is that of every other.</summary>
    private async Task<(int UpFrames, int UpBytes, int DownFrames, int DownBytes)> CountAsync(
        int count, Func<string, string[], SyncOptions, (Func<Task> Meet, IAsyncDisposable Owner)> open)
    {
        await using SyncServer server = await SyncServer.StartAsync(new SyncServerOptions { Transport = _network, TimeProvider = _time }, Token);
        string[] roster = [.. Enumerable.Range(1, count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"m{i:00}"))];
        CountedTraffic[] ways = [.. roster.Select(_ => new CountedTraffic(_network))];
        (Func<Task> Meet, IAsyncDisposable Owner)[] members =
        [
            .. roster.Select((self, i) => open(self, roster, new SyncOptions { Transport = ways[i], TimeProvider = _time, Endpoint = server.Endpoint })),
        ];

        for (int i = 0; i < Before; i++) await MeetAsync();
        var before = ways.Select(static way => way.Counts).ToArray();
        for (int i = 0; i < Rounds; i++) await MeetAsync();
        var costs = ways.Select((way, i) => (
            way.Counts.UpFrames - before[i].UpFrames,
            way.Counts.UpBytes - before[i].UpBytes,
            way.Counts.DownFrames - before[i].DownFrames,
            way.Counts.DownBytes - before[i].DownBytes)).ToArray();
        foreach ((_, IAsyncDisposable owner) in members) await owner.DisposeAsync();
        return Assert.Single(costs.Distinct());

        Task MeetAsync() => Task.WhenAll(members.Select(static member => member.Meet())).WaitAsync(Token);
    }
}
