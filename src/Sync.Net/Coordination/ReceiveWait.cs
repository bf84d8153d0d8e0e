using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>Waits for a message with a number above one, of whomever.</summary>
internal sealed class ReceiveWait(Request request, Board board, IGroup group, long after) : BoardWait(request, board, group)
{
    /// <summary>The last number that the waiter knows.</summary>
    public long After { get; } = after;

    public override IReadOnlyList<string> Lacked
    {
        get
        {
            string[] others = IsClosed ? Group.Roll!.LackedBy(id => id == Self) : [];
            return others.Length > 0 ? others : ["a message"];
        }
    }

    private bool IsClosed => Group.Roll is { IsClosed: true };

    public override bool IsMet() => Board.LastBut(Excluded) > After;

    public override Released Show(TimeSpan now) => Board.Show(After, Excluded, now);

    /// <summary>Any other member will do, so the last one that could send is needed.</summary>
    protected override bool Needs(Member gone) =>
        Group.Roll?.All is { Count: > 1 } all
        && all.Contains(gone.Id)
        && Group.Gone.Count >= all.Count - 1
        && all.Members.All(id => id == Self || Group.Find(id) is { IsGone: true });

    protected override Failed Describe(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now)
    {
        SessionKey key = Request.Session.Key;
        if (!IsClosed) return Failures.Of(kind, culprit, reason, [], static _ => false, Group, key, now);
        return Without(Self, Failures.OfGroup(kind, culprit, reason, null, id => id == Self || Board.Find(id)?.Last > After, Group, key, now));
    }
}
