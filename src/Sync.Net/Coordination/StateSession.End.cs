using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class StateSession
{
    public override void Withdraw(Member member, Request request, WithdrawReason reason, TimeSpan waited, Turn turn)
    {
        StateWait wait = WaitOf(request);
        End(wait, reason == WithdrawReason.Cancelled
            ? Withdrawn.Instance
            : Failure(wait, SyncFailureKind.Timeout, member.Id, $"{GaveUp(member, waited)} waiting {wait}", turn.Now), turn);
    }

    public override void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn)
    {
        foreach (StateWait wait in _waits.ToArray()) End(wait, Failure(wait, kind, culprit, reason, turn.Now), turn);
    }

    /// <summary>Its own waits end in any case, so none is left when another start replaces it.</summary>
    public override void MemberGone(Member member, Turn turn)
    {
        foreach (StateWait wait in _waits.FindAll(each => each.Request.Member == member || each.IsEndedBy(member))) EndForGone(wait, member, turn);
    }

    private void EndForGone(StateWait wait, Member gone, Turn turn) =>
        End(wait, Failure(wait, Failures.KindOf(gone), gone.Id, gone.LossReason, turn.Now), turn);

    private void End(StateWait wait, Outcome outcome, Turn turn)
    {
        _waits.Remove(wait);
        turn.Answer(wait.Request, outcome);
    }

    private Failed Failure(StateWait wait, SyncFailureKind kind, string? culprit, string? reason, TimeSpan now)
    {
        Failed failed = Failures.Of(kind, culprit, reason, wait.Roster.Members, id => !wait.Lacks(id), Group, Key, now);
        return failed with { Hint = failed.Hint ?? NearMiss(wait) };
    }

    /// <summary>A member that is missing is in a state of nearly the same name.</summary>
    private string? NearMiss(StateWait wait)
    {
        foreach (string member in wait.Missing)
        {
            if (!_states.TryGetValue(member, out SortedSet<string>? states)) continue;
            foreach (string state in states)
            {
                if (wait.States.FirstOrDefault(each => Hints.AreAlike(each, state)) is { } like)
                {
                    return $"{member} is in '{state}', which is another state than '{like}'";
                }
            }
        }
        return null;
    }
}
