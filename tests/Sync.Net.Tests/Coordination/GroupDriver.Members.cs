using Sync.Net.Coordination;

namespace Sync.Net.Tests.Coordination;

internal sealed partial class GroupDriver
{
    /// <summary>A start of the member asks for its seat; the driver speaks for it from here on if it gets the seat.</summary>
    public long Join(string member, string? role = null) => Join(member, role, NextIncarnation());

    /// <summary>The incarnation that speaks for the member now.</summary>
    public Guid IncarnationOf(string member) => Seats(member).Incarnation;

    public long LinkOf(string member) => Seats(member).Link;

    /// <summary>A link asks for the seat as a certain incarnation.</summary>
    public long Join(string member, string? role, Guid incarnation)
    {
        long link = ++_lastLink;
        _joins.Add(link, incarnation);
        bool resume = _seats.TryGetValue(member, out Seat? known) && known.Incarnation == incarnation;
        Coordinator.Apply(new Join(link, member, role, incarnation, resume), Now, _effects);
        CarryOut();
        return link;
    }

    /// <summary>Another start of the member, under a new incarnation.</summary>
    public void Restart(string member) => Join(member);

    /// <summary>The same start connects again, without a word on what it has open.</summary>
    public void Reconnect(string member) => Join(member, null, IncarnationOf(member));

    /// <summary>The same start connects again and names its open requests.</summary>
    public void Return(string member, params Wait[] open)
    {
        Reconnect(member);
        Resume(member, open);
    }

    public void Resume(string member, params Wait[] open)
    {
        Seat seat = Seats(member);
        Coordinator.Apply(new Resumed(seat.Link, seat.LastRequest + 1, [.. open.Select(wait => wait.Request)]), Now, _effects);
        CarryOut();
    }

    /// <summary>The member's process dies.</summary>
    public void Lose(string member, string reason = "its connection broke") => Disconnect(LinkOf(member), reason);

    public void Disconnect(long link, string reason = "its connection broke")
    {
        Coordinator.Apply(new Disconnect(link, reason), Now, _effects);
        CarryOut();
    }

    /// <summary>The member leaves the group for good.</summary>
    public void Leave(string member) => Depart(member, left: true);

    /// <summary>The member is disposed: absent, as before its first call.</summary>
    public void Depart(string member, bool left = false)
    {
        Coordinator.Apply(new Depart(LinkOf(member), left), Now, _effects);
        CarryOut();
    }

    public void Silence(string member, double seconds)
    {
        Coordinator.Apply(new Silence(LinkOf(member), TimeSpan.FromSeconds(seconds)), Now, _effects);
        CarryOut();
    }

    public void Hear(string member)
    {
        Coordinator.Apply(new Heard(LinkOf(member)), Now, _effects);
        CarryOut();
    }

    /// <summary>The member answers a probe.</summary>
    public void ShowLife(string member)
    {
        Coordinator.Apply(new Alive(LinkOf(member)), Now, _effects);
        CarryOut();
    }

    private Guid NextIncarnation() => new(++_lastIncarnation, 0, 0, new byte[8]);
}
