using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

// How far the clock of the member's host is ahead, for who looks on: the shortest exchange says it best.
internal sealed partial class Connection
{
    private const int FirstExchanges = 3;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private int _exchanges;
    private TimeSpan? _shortest;

    /// <summary>The time is the token, below zero, so that no other ping has it and nothing needs to be remembered.</summary>
    private void AskClock()
    {
        if (_server.Lookout is not null) Enqueue(FrameBytes.Of(_server.Term, new PingFrame(-1 - _server.Now.Ticks)), shared: false);
    }

    private void TakeClock(in PongFrame pong)
    {
        if (_server.Lookout is not { } lookout || pong.Token >= 0 || pong.Clock <= 0) return;
        TimeSpan exchange = _server.Now - TimeSpan.FromTicks(-1 - pong.Token);
        if (exchange < TimeSpan.Zero || pong.Clock > DateTimeOffset.MaxValue.UtcTicks / TicksPerMicrosecond / 2) return;
        if (_shortest is null || exchange < _shortest)
        {
            _shortest = exchange;
            TimeSpan error = exchange / 2;
            DateTimeOffset told = DateTimeOffset.UnixEpoch.AddTicks(pong.Clock * TicksPerMicrosecond);
            lookout.Tell(new Happening(
                HappeningKind.Clock, _server.WallNow, Group.Name, Member, Role, MemberState.Joined, Waited: error, Offset: told - (_server.WallNow - error)));
        }
        if (++_exchanges < FirstExchanges)
        {
            AskClock();
            Dispatch();
        }
    }
}
