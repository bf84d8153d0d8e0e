using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

internal sealed partial class GroupDriver
{
    private readonly Dictionary<long, Guid> _commands = [];

    /// <summary>A command of the member begins; its answers are found by its own id.</summary>
    public long Command(string member, Guid incarnation = default)
    {
        long link = ++_lastLink;
        var id = new Guid((int)link, 1, 1, new byte[8]);
        _commands.Add(link, id);
        Coordinator.Apply(new Join(link, member, null, incarnation, false, id), Now, _effects);
        CarryOut();
        return link;
    }

    /// <summary>A command asks for something, as its request of that number.</summary>
    public Wait By(long command, string member, SessionKind kind, string session, Ask? ask, string roster = "", long request = 1)
    {
        var key = new SessionKey(kind, session);
        var wait = new Wait(member, _commands[command], request, key);
        _waits.Add((member, wait.Incarnation, request), wait);
        Coordinator.Apply(new Enter(command, request, key, 0, default, RosterOf(roster), null, null, null, ask), Now, _effects);
        CarryOut();
        return wait;
    }

    public void End(long command, bool killed = false)
    {
        if (killed) Coordinator.Apply(new Disconnect(command, "it was killed"), Now, _effects);
        else Coordinator.Apply(new Depart(command, Left: false), Now, _effects);
        CarryOut();
    }
}
