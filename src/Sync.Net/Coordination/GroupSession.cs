using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>The group as a session of its own: members declare it, wait for each other, and hear of each other's fate.</summary>
internal sealed class GroupSession(SessionKey key, IGroup group) : Session(key, group)
{
    private readonly List<Request> _watches = [];
    private readonly List<Request> _waits = [];
    private readonly Dictionary<Request, long> _versions = [];

    /// <summary>Who had not joined when last asked: as long as it is missing there is no need to ask the others.</summary>
    private string? _missing;

    public override bool IsIdle => _watches.Count == 0 && _waits.Count == 0;

    public override IReadOnlyList<string> LackedBy(Request request) => Group.Roll?.LackedBy(HasJoined) ?? [];

    public override void Enter(Member member, Request request, in Enter enter, Turn turn)
    {
        Ask ask = enter.Ask!;
        switch (ask.Act)
        {
            case Act.Declare:
                Declare(member, request, enter, turn);
                break;
            case Act.WaitForMembers:
                WaitForMembers(request, turn);
                break;
            case Act.Watch:
                _watches.Add(request);
                _versions[request] = ask.Number;
                Show(request, turn);
                break;
            case Act.Status:
                turn.Answer(request, StatusReport.Of(Group, ask.Text, turn.Now));
                break;
            case Act.Fail:
                turn.Answer(request, Released.Nothing);
                Group.Fail(member, ask.Text ?? "no reason is given", turn);
                break;
            default:
                turn.Answer(request, Released.Nothing);
                Group.EndAll(SyncFailureKind.Aborted, member.Id, ask.Text, turn);
                break;
        }
    }

    public override void Withdraw(Member member, Request request, WithdrawReason reason, TimeSpan waited, Turn turn)
    {
        Forget(request);
        turn.Answer(request, reason == WithdrawReason.Cancelled
            ? Withdrawn.Instance
            : Lacking(SyncFailureKind.Timeout, member.Id, GaveUp(member, waited), turn.Now));
    }

    public override void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn)
    {
        foreach (Request wait in _waits.ToArray()) End(wait, Lacking(kind, culprit, reason, turn.Now), turn);
    }

    public override void MembersChanged(Turn turn)
    {
        foreach (Request watch in _watches.ToArray()) Show(watch, turn);
        if (_waits.Count == 0 || Group.Roll?.All is not { } all || (_missing is not null && !HasJoined(_missing))) return;
        _missing = all.Members.FirstOrDefault(id => !HasJoined(id));
        if (_missing is not null) return;
        foreach (Request wait in _waits.ToArray()) End(wait, Met(all), turn);
    }

    public override void MemberGone(Member member, Turn turn)
    {
        foreach (Request own in Of(member)) End(own, Failures.Of(Failures.KindOf(member), member.Id, member.LossReason), turn);
        if (Group.Roll?.Belongs(member.Id) != true) return;
        foreach (Request wait in _waits.FindAll(static each => !each.Flags.HasFlag(EnterFlags.WaitForReturn)))
        {
            End(wait, Lacking(Failures.KindOf(member), member.Id, member.LossReason, turn.Now), turn);
        }
    }

    public override void MemberReplaced(Member member)
    {
        foreach (Request own in Of(member)) Forget(own);
    }

    private Predicate<string> HasJoined => id => Group.Find(id) is { HasDeclared: true, IsGone: false, State: not MemberState.Absent };

    private void Declare(Member member, Request request, in Enter enter, Turn turn)
    {
        string? fault = Group.Declare(member, enter.Roster, enter.Ask!.Number != 0);
        request.Agent.HasDeclared = fault is null;
        turn.Answer(request, fault is null ? Released.Nothing : Failures.Of(SyncFailureKind.Mismatch, member.Id, fault));
        if (fault is null) Group.Changed(member, turn);
    }

    private void WaitForMembers(Request request, Turn turn)
    {
        if (Group.Roll is not { IsClosed: true } roll)
        {
            turn.Answer(request, Failures.Of(
                SyncFailureKind.Refused, null, "the group is open, so it is not known who is to come: declare its roster or roles."));
            return;
        }
        _waits.Add(request);
        if (!request.Flags.HasFlag(EnterFlags.WaitForReturn) && Group.Gone.FirstOrDefault(each => roll.Belongs(each.Id)) is { } gone)
        {
            End(request, Lacking(Failures.KindOf(gone), gone.Id, gone.LossReason, turn.Now), turn);
            return;
        }
        MembersChanged(turn);
    }

    private void Show(Request watch, Turn turn)
    {
        long known = _versions[watch];
        if (Group.Log.Version == known || Group.Members.Count > CoordinatorOptions.MaxWatchedMembers) return;
        IReadOnlyCollection<Member> changed = Group.Log.Since(known) ?? Group.Members;
        TimeSpan now = turn.Now;
        End(watch, new Membership(Group.Log.Version, [.. changed.Select(each => each.Fact(now))]), turn);
    }

    private void End(Request request, Outcome outcome, Turn turn)
    {
        Forget(request);
        turn.Answer(request, outcome);
    }

    private void Forget(Request request)
    {
        _waits.Remove(request);
        if (_watches.Remove(request)) _versions.Remove(request);
    }

    private Request[] Of(Member member) => [.. _waits.Concat(_watches).Where(each => each.Member == member)];

    private Failed Lacking(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now) =>
        Failures.OfGroup(kind, culprit, reason, null, HasJoined, Group, Key, now);

    private static Released Met(Roster all) => new(all.Count, null, null, null, []);
}
