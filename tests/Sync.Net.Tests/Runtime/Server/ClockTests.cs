using System.Collections.Concurrent;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>How far a member's clock is ahead, as somebody who looks on is told.</summary>
public sealed class ClockTests : ServerTest
{
    private readonly ConcurrentQueue<SyncEvent> _seen = new();

    public override ValueTask InitializeAsync()
    {
        Options.Observer = seen =>
        {
            if (seen.Kind == SyncEventKind.ClockMeasured) _seen.Enqueue(seen);
        };
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Clock_IsToldByTheShortestExchangeWithItsError()
    {
        RawMember a = await JoinAsync("a");
        DateTimeOffset there = Time.GetUtcNow().AddHours(1);
        PingFrame first = await a.ReceiveAsync<PingFrame>();
        Time.Advance(TimeSpan.FromMilliseconds(40));
        await a.SendAsync(new PongFrame(first.Token, 0, Microseconds(there.AddMilliseconds(20))));
        PingFrame second = await a.ReceiveAsync<PingFrame>();
        Time.Advance(TimeSpan.FromMilliseconds(10));
        await a.SendAsync(new PongFrame(second.Token, 0, Microseconds(there.AddMilliseconds(48))));
        PingFrame third = await a.ReceiveAsync<PingFrame>();
        Time.Advance(TimeSpan.FromMilliseconds(30));
        await a.SendAsync(new PongFrame(third.Token, 0, Microseconds(there.AddMilliseconds(50))));
        await RoundTripAsync(a);
        await Server.FlushObserverAsync();

        Assert.Equal(
            [(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(20)), (TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(5))],
            _seen.Select(static each => (each.ClockOffset!.Value, each.ClockError!.Value)));
        Assert.All(_seen, static each => Assert.Equal("a", each.Member));
    }

    [Fact]
    public async Task Clock_ThatIsNotTold_IsNotMeasured()
    {
        RawMember a = await JoinAsync("a");
        PingFrame ping = await a.ReceiveAsync<PingFrame>();

        await a.SendAsync(new PongFrame(ping.Token, 0));
        await RoundTripAsync(a);
        await Server.FlushObserverAsync();

        Assert.Empty(_seen);
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;
}
