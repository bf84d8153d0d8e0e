using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>
/// One member's path to its group, as the group sees it. The group calls the <c>On…</c> methods under its lock: they
/// only remember what is to be done; <see cref="Dispatch"/> does it, after the lock.
/// </summary>
internal abstract class GroupLink(long number, string member, string? role, Guid incarnation, Guid? command)
{
    public long Number => number;

    public string Member => member;

    public string? Role => role;

    public Guid Incarnation => incarnation;

    /// <summary>The id of the command at the other end; null for the member itself.</summary>
    public Guid? Command => command;

    /// <summary>Whether the member lives in this process: what it is told can't get lost.</summary>
    public abstract bool IsLocal { get; }

    /// <summary>By which the group tells those who act for the member apart.</summary>
    public Guid Agent => command ?? incarnation;

    /// <summary>Set when the link asks for its seat.</summary>
    public Group Group { get; set; } = null!;

    /// <summary>Whether the group still takes events of this link. Guarded by the group's lock.</summary>
    public bool IsAttached { get; set; }

    /// <summary>Whether the group was told that the link is silent. Guarded by the group's lock.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether the group waits for a sign of life. Guarded by the group's lock.</summary>
    public bool IsProbed { get; set; }

    /// <summary>The batch that flushes this link next. Guarded by the group's lock.</summary>
    public long TouchedBy { get; set; }

    /// <summary>The shared answers of the effects being carried out. Guarded by the group's lock.</summary>
    public int SharedAnswers { get; set; }

    /// <summary>Notes that the member has received that many answer frames; false when it can't have.</summary>
    public abstract bool TryAcknowledge(long frames);

    /// <summary>The next request whose answer the member is known to have.</summary>
    public abstract bool TryTakeAcknowledged(out long request);

    public abstract void OnSeated();

    public abstract void OnRefused(RefuseReason reason, string text);

    /// <summary>Somebody else has the seat. <paramref name="byItself"/>: the same incarnation, over a newer link.</summary>
    public abstract void OnEvicted(string text, bool byItself);

    /// <summary>
    /// Asks for a sign of life; true when there is one already. A member of this process gives it by being one;
    /// any other only if <paramref name="recentlyIsEnough"/> and it was heard within the heartbeat interval.
    /// </summary>
    public abstract bool OnProbed(TimeSpan now, bool recentlyIsEnough);

    /// <summary>The answer to one request.</summary>
    public abstract void OnAnswer(long request, AnswerContent content);

    /// <summary>The answer to one request, which the same frame tells to other members too.</summary>
    public abstract void OnDecision(long request, AnswerContent content);

    public abstract void OnClosing();

    /// <summary>Sends, or delivers, what was remembered.</summary>
    public abstract void Dispatch();
}
