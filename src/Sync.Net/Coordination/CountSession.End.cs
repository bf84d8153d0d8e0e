using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class CountSession
{
    /// <summary>A wait that ends by itself is taken back; the others wait on.</summary>
    public override void Withdraw(Member member, Request request, WithdrawReason reason, TimeSpan waited, Turn turn)
    {
        string gaveUp = Lack is { } lack ? $"{GaveUp(member, waited)}; {lack}" : GaveUp(member, waited);
        TakeBack(
            Open!.WaitOf(member.Id)!,
            reason == WithdrawReason.Cancelled ? Withdrawn.Instance : Failure(SyncFailureKind.Timeout, member.Id, gaveUp, turn.Now),
            turn);
    }

    /// <summary>What was initialised asynchronously outlives the waits that end.</summary>
    public override void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn)
    {
        if (Open is { HasWaits: true }) Break(kind, culprit, reason, turn);
    }

    /// <summary>Only a member that is needed by name breaks the round. Its own wait ends in any case, so none is left when another start replaces it.</summary>
    public override void MemberGone(Member member, Turn turn)
    {
        if (Open is not { HasWaits: true } open) return;
        if (open.Roster?.Contains(member.Id) == true && !open.AllWaitForReturn) BreakForGone(member, turn);
        else if (open.WaitOf(member.Id) is { } own) TakeBack(own, Failure(Failures.KindOf(member), member.Id, member.LossReason, turn.Now), turn);
    }

    private void TakeBack(CountEntry entry, Outcome own, Turn turn)
    {
        Open!.Remove(entry);
        turn.Answer(entry.Request!, own);
        Judge(turn);
    }

    private void Clear(Member member, Request request, Turn turn)
    {
        turn.Answer(request, Released.Nothing);
        Clear(member.Id, null, turn);
    }

    /// <summary>Ends the waits and forgets the credits, by a member's or by the operator's will.</summary>
    public void Clear(string? culprit, string? reason, Turn turn)
    {
        if (Open is null) return;
        Failed cleared = Failure(SyncFailureKind.Cleared, culprit, reason, turn.Now);
        foreach (CountEntry credit in Open.Credits) Forget(credit, turn);
        Open.ForgetCredits();
        Decide(cleared, turn);
    }
}
