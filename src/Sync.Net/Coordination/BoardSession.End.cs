using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed partial class BoardSession
{
    /// <summary>Only the own wait ends: messages and contributions stay.</summary>
    public override void Withdraw(Member member, Request request, WithdrawReason reason, TimeSpan waited, Turn turn)
    {
        if (Find(request) is not { } wait) return;
        End(
            wait,
            reason == WithdrawReason.Cancelled
                ? Withdrawn.Instance
                : wait.Fail(SyncFailureKind.Timeout, member.Id, GaveUp(member, waited), turn.Now),
            turn);
    }

    /// <summary>Ends the present waits; the messages stay.</summary>
    public override void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn)
    {
        foreach (BoardWait wait in OpenWaits()) End(wait, wait.Fail(kind, culprit, reason, turn.Now), turn);
    }

    public override void MemberGone(Member member, Turn turn)
    {
        foreach (BoardWait wait in OpenWaits())
        {
            if (ReferenceEquals(wait.Request.Member, member)) End(wait, Failures.Of(Failures.KindOf(member), member.Id, member.LossReason), turn);
            else EndIfBlocked(wait, member, turn);
        }
    }

    public override void MemberReplaced(Member member)
    {
        foreach (BoardWait wait in OpenWaits())
        {
            if (ReferenceEquals(wait.Request.Member, member)) Forget(wait);
        }
    }

    /// <summary>A wait that can't be met any more ends now (X6).</summary>
    private void EndIfBlocked(BoardWait wait, Member? latest, Turn turn)
    {
        if (wait.Blocker(latest) is { } gone) End(wait, wait.Fail(Failures.KindOf(gone), gone.Id, gone.LossReason, turn.Now), turn);
    }

    private void End(BoardWait wait, Outcome outcome, Turn turn)
    {
        Forget(wait);
        turn.Answer(wait.Request, outcome);
    }

    private void Forget(BoardWait wait)
    {
        if (wait is not SyncWait sync)
        {
            _waits.Remove(wait);
            return;
        }
        sync.Round.Waits.Remove(sync);
        if (sync.Round.Waits.Count == 0) _open.Remove(sync.Round.Number);
        if (_board.Find(sync.Self) is { } sender) sender.Wait = null;
    }
}
