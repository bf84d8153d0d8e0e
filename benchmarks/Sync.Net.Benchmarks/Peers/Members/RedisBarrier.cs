using System.Globalization;
using StackExchange.Redis;

namespace Sync.Net.Benchmarks.Peers.Members;

/// <summary>
/// A counter that only grows, and a channel: whoever makes the count a multiple of the members publishes the round.
/// StackExchange.Redis shares one connection among all callers and for that reason has no blocking pops; its
/// documentation says to publish instead.
/// </summary>
internal sealed class RedisBarrier : IPeerBarrier
{
    private const string Script = """
        local a = redis.call('INCR', KEYS[1])
        if a % ARGV[1] == 0 then redis.call('PUBLISH', KEYS[2], ARGV[2]) end
        return a
        """;

    private readonly PeerMemberPlan _plan;
    private readonly ConnectionMultiplexer _redis;
    private readonly RedisChannel _channel;
    private readonly Releases _releases = new();

    private RedisBarrier(PeerMemberPlan plan, ConnectionMultiplexer redis)
    {
        _plan = plan;
        _redis = redis;
        _channel = RedisChannel.Literal(plan.Key + ":go");
    }

    public static async Task<IPeerBarrier> OpenAsync(PeerMemberPlan plan)
    {
        string server = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{plan.Port}");
        var barrier = new RedisBarrier(plan, await ConnectionMultiplexer.ConnectAsync(server));
        await barrier._redis.GetSubscriber().SubscribeAsync(
            barrier._channel, (_, value) => barrier._releases.Announce((int)value));
        return barrier;
    }

    public async Task<int> MeetAsync(int round)
    {
        IDatabase database = _redis.GetDatabase();
        long arrival = _plan.Client == PeerClient.RedisScript
            ? (long)await database.ScriptEvaluateAsync(Script, [_plan.Key, _plan.Key + ":go"], [_plan.Members, round])
            : await database.StringIncrementAsync(_plan.Key);
        if ((arrival - 1) / _plan.Members != round) return -1;
        if (_plan.Client == PeerClient.RedisPublish && arrival % _plan.Members == 0)
        {
            await database.PublishAsync(_channel, round);
            return round;
        }
        return await _releases.WaitAsync(round);
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
