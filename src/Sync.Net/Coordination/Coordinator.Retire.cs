namespace Sync.Net.Coordination;

// Who holds a member from outside sees its end before, or without, any word of the member itself.
internal sealed partial class Coordinator
{
    public void Apply(in Retire e, TimeSpan now, List<Effect> effects)
    {
        if (AdmissionFault(new Join(0, e.Member, e.Role, default, Resume: false)) is not null) return;
        if (!_members.TryGetValue(e.Member, out Member? member))
        {
            if (_members.Count >= Options.MaxMembers) return;
            _members.Add(e.Member, member = new Member(e.Member));
        }
        member.Role ??= e.Role;
        var turn = new Turn(now, effects);
        if (e.Failure is { } failure)
        {
            if (member.State != MemberState.Failed) Remove(member, MemberState.Failed, failure, turn);
        }
        // One that is connected still is lost as soon as the end of its connection is seen, and that says more.
        else if (!member.IsGone && member.Link == 0)
        {
            Remove(member, MemberState.Left, null, turn);
        }
    }
}
