using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

internal sealed partial class GroupDriver
{
    /// <summary>A closed group of these members, who have declared it (in these roles, for seats).</summary>
    public static GroupDriver Closed(string members, string? group = null, bool oneWaitAtATime = false, string? roles = null, CoordinatorOptions? options = null)
    {
        var driver = new GroupDriver("", options);
        string[] ids = members.Split(' ');
        for (int i = 0; i < ids.Length; i++) driver.Join(ids[i], roles?.Split(' ')[i]);
        driver.Declare(members, group ?? members, oneWaitAtATime);
        return driver;
    }

    public Wait Send(string member, string id, string? data = null, string? contract = null, EnterFlags flags = default) =>
        Ask(member, SessionKind.Board, id, new Ask(Act.Send), flags: flags, data: data, contract: contract);

    public Wait Receive(string member, string id, long after = 0, EnterFlags flags = default) =>
        Ask(member, SessionKind.Board, id, new Ask(Act.Receive, after), flags: flags);

    public Wait ReceiveAll(string member, string id, string? role = null, string roster = "", EnterFlags flags = default, long after = 0) =>
        Ask(member, SessionKind.Board, id, new Ask(Act.ReceiveAll, after, Text: role), roster, flags);

    public Wait Sync(string member, string id, string? data = null, EnterFlags flags = default) =>
        Ask(member, SessionKind.Board, id, new Ask(Act.Sync), flags: flags, data: data);

    public Wait Peek(string member, string id, long after = 0, EnterFlags flags = default) =>
        Ask(member, SessionKind.Board, id, new Ask(Act.Peek, after), flags: flags);

    public Wait AbortBoard(string member, string id, string reason)
    {
        Wait wait = NewWait(member, new SessionKey(SessionKind.Board, id));
        Coordinator.Apply(new Abort(Seats(member).Link, wait.Request, wait.Session, Roster.Empty, reason), Now, _effects);
        CarryOut();
        return wait;
    }
}
