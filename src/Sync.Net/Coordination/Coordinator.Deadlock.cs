using System.Text;
using Sync.Net.Wire;

namespace Sync.Net.Coordination;

// A deadlock is a verdict only where it is certain: every declared member has joined, has promised to do nothing else while
// it waits, and waits, so that nobody is left who could contribute.
internal sealed partial class Coordinator
{
    private const int CycleNames = 8;

    /// <summary>Somebody who could go on when last asked: as long as it can there is no need to ask the others.</summary>
    private Member? _runner;

    private void TellDeadlock(Member latest, Turn turn)
    {
        // Another start that asks for a seat may yet get it, and is in no wait.
        if (latest.Blocked is null || _newcomers.Count > 0 || _roll?.All is not { } all || (_runner is { Blocked: null } && _roll.Belongs(_runner.Id))) return;
        foreach (string id in all.Members)
        {
            _runner = _members.GetValueOrDefault(id);
            if (_runner?.Blocked is not { } wait || wait.Session.MayBeMetByItself) return;
        }
        // Who came before the group was declared, and is not of it, can send all the same.
        if (_agents.Values.Any(agent => !_roll.Belongs(agent.Member.Id))) return;
        string reason = Cycle(latest);
        foreach (string id in all.Members)
        {
            // One end in a session ends the others that wait there.
            if (_members[id].Blocked is { } wait) wait.Session.EndAll(SyncFailureKind.Deadlock, null, reason, turn);
        }
    }

    /// <summary>Who waits for whom, from the latest on, until somebody waits for one that was told of.</summary>
    private string Cycle(Member latest)
    {
        var text = new StringBuilder();
        var told = new HashSet<Member>();
        for (Member? member = latest; member is not null && told.Count < CycleNames && told.Add(member);)
        {
            Request wait = member.Blocked!;
            IReadOnlyList<string> lacked = wait.Session.LackedBy(wait);
            if (text.Length > 0) text.Append("; ");
            text.Append(member.Id).Append(" waits in '").Append(wait.Session.Key.Name).Append("' for ")
                .AppendJoin(", ", lacked.Take(CycleNames)).Append(lacked.Count > CycleNames ? " and others" : "");
            // Of a number, or of any message, nobody is lacked by name: then whoever else waits.
            member = lacked.Select(_members.GetValueOrDefault).FirstOrDefault(static each => each?.Blocked is not null)
                ?? _roll!.Known.Members.Select(_members.GetValueOrDefault).FirstOrDefault(each => !told.Contains(each!));
        }
        return text.ToString();
    }
}
