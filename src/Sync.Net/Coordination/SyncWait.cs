using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Waits until all declared members have contributed to the waiter's round.</summary>
internal sealed class SyncWait(Request request, Board board, IGroup group, BoardRound round) : BoardWait(request, board, group)
{
    public BoardRound Round { get; } = round;

    public override IReadOnlyList<string> Lacked => Group.Roll!.LackedBy(HasContributed);

    /// <summary>It counts in full: who is in an earlier round contributes nothing to this one, whatever it has sent.</summary>
    public override bool IsMet() => Group.Roll?.All is { } all && Round.Muster.IsComplete(all.Members, HasContributed);

    /// <summary>The same for all who wait for the round, so it tells everything.</summary>
    public override Released Show(TimeSpan now) => Board.Show(0, null, now);

    protected override bool Needs(Member gone) => Group.Roll!.Belongs(gone.Id) && !HasContributed(gone.Id);

    protected override Failed Describe(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now) =>
        Failures.OfGroup(kind, culprit, reason, null, HasContributed, Group, Request.Session.Key, now);

    private bool HasContributed(string id) => Board.HasContributed(id, Round.Number);
}
