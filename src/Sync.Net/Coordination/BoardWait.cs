using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One open wait on a board: when it is met, whom it lacks, and what it says when it fails.</summary>
internal abstract class BoardWait(Request request, Board board, IGroup group)
{
    public Request Request { get; } = request;

    public string Self => Request.Member.Id;

    /// <summary>The member itself where its own messages do not count; null where they do (RULES 14).</summary>
    public string? Excluded => Request.Flags.HasFlag(EnterFlags.ExcludeSelf) ? Self : null;

    protected Board Board { get; } = board;

    protected IGroup Group { get; } = group;

    public abstract bool IsMet();

    /// <summary>What the waiter is told when the wait is met.</summary>
    public abstract Released Show(TimeSpan now);

    /// <summary>Whom it lacks, for people.</summary>
    public abstract IReadOnlyList<string> Lacked { get; }

    /// <summary>A member that is gone and without which the wait can't be met: the one that just went, or any. Null while there is hope.</summary>
    public Member? Blocker(Member? latest)
    {
        if (Request.Flags.HasFlag(EnterFlags.WaitForReturn)) return null;
        if (latest is not null) return Needs(latest) ? latest : null;
        return Group.Gone.FirstOrDefault(Needs);
    }

    /// <summary>The wait's failure, with the likeliest cause.</summary>
    public Failed Fail(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now)
    {
        Failed failed = Describe(kind, culprit, reason, now);
        SessionKey board = Request.Session.Key;
        string? hint = BoardHints.OwnSend(this, failed, board) ?? BoardHints.Behind(this, failed, Board, board) ?? BoardHints.NearMiss(this, failed, board, Group);
        return hint is null ? failed : failed with { Hint = hint };
    }

    /// <summary>Without a contribution of this member, which is gone, the wait can't be met.</summary>
    protected abstract bool Needs(Member gone);

    protected abstract Failed Describe(SyncFailureKind kind, string? culprit, string? reason, TimeSpan now);

    /// <summary>A failure that doesn't speak of one member.</summary>
    protected static Failed Without(string? member, Failed failed) => member is null ? failed : failed with
    {
        Expected = [.. failed.Expected.Where(id => id != member)],
        Arrived = [.. failed.Arrived.Where(id => id != member)],
    };
}
