using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

// What members ask of the group 'g' as a whole.
internal sealed partial class GroupDriver
{
    /// <summary>A closed group whose members have promised to wait for one thing at a time.</summary>
    public static GroupDriver Promised(string members, string? group = null) => Closed(members, group, oneWaitAtATime: true);

    /// <summary>A declaration as it is, which may be turned away.</summary>
    public Wait TryDeclare(string member, string group, bool oneWaitAtATime = false) => TryDeclare(member, Lines(group), oneWaitAtATime);

    public Wait TryDeclare(string member, Roster lines, bool oneWaitAtATime = false) =>
        Enter(member, new SessionKey(SessionKind.Group, "g"), null, default, 0, null, null, null, 0, new Ask(Act.Declare, oneWaitAtATime ? 1 : 0), lines);

    public Wait WaitForMembers(string member, EnterFlags flags = default) =>
        Ask(member, SessionKind.Group, "g", new Ask(Act.WaitForMembers), flags: flags);

    public Wait Watch(string member, long version = 0) => Ask(member, SessionKind.Group, "g", new Ask(Act.Watch, version));

    public Wait Fail(string member, string? reason) => Ask(member, SessionKind.Group, "g", new Ask(Act.Fail, Text: reason));

    public Wait AbortAll(string member, string reason) => Ask(member, SessionKind.Group, "g", new Ask(Act.AbortAll, Text: reason));

    /// <summary>Meets the declared members, whoever they are; with data where some is given.</summary>
    public Wait MeetAll(string member, string session, EnterFlags flags = default, string? data = null) =>
        Ask(member, data is null ? SessionKind.Barrier : SessionKind.Data, session, null!, "", flags | EnterFlags.WholeGroup, data);

    public string RoleOf(string member) => ((IGroup)Coordinator).Find(member)!.Role ?? "-";
}
