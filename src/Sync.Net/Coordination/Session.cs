using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// A name under which members contribute and wait, each for its condition. What a kind of session adds is which contributions
/// there are, when a wait is met, and what stays when a member goes.
/// </summary>
internal abstract class Session(SessionKey key, IGroup group)
{
    public SessionKey Key { get; } = key;

    /// <summary>Whether something here may yet matter to a member that is not connected now.</summary>
    public virtual bool MattersWithoutMembers => false;

    /// <summary>Somebody took part in what was decided and has not acknowledged how it ended.</summary>
    public virtual bool OwesContributors => false;

    /// <summary>Rounds that are open, or whose outcome somebody is owed.</summary>
    public virtual int KeptRounds => 0;

    /// <summary>Nothing is open and nobody is owed anything: at most a number is remembered.</summary>
    public abstract bool IsIdle { get; }

    /// <summary>
    /// Whether an open wait here may be met although no member contributes anything more: by a sign of life, or because
    /// another wait is taken back.
    /// </summary>
    public virtual bool MayBeMetByItself => false;

    /// <summary>Who took part in it last; null before anybody did.</summary>
    public string? UsedBy { get; set; }

    protected IGroup Group { get; } = group;

    /// <summary>A new request of one of the kind's acts: it is answered now, or stays open as a wait.</summary>
    public abstract void Enter(Member member, Request request, in Enter enter, Turn turn);

    /// <summary>A request that an earlier server took and kept: it is answered, or waits, and changes nothing.</summary>
    public virtual void EnterAgain(Member member, Request request, in Enter enter, Turn turn) => turn.Answer(request, Released.Nothing);

    /// <summary>An open wait is taken back: by its caller, or by its deadline.</summary>
    public abstract void Withdraw(Member member, Request request, WithdrawReason reason, TimeSpan waited, Turn turn);

    /// <summary>Ends all open waits with a failure.</summary>
    public abstract void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn);

    /// <summary>A member ends what is open, for all.</summary>
    public virtual void Abort(Member member, Request request, Roster roster, string reason, Turn turn)
    {
        turn.Answer(request, Withdrawn.Instance);
        EndAll(SyncFailureKind.Aborted, member.Id, reason, turn);
    }

    /// <summary>Whom an open wait lacks, for people: members that are named, or a few words.</summary>
    public abstract IReadOnlyList<string> LackedBy(Request request);

    /// <summary>The member gave a sign of life that was asked for, or none is needed of it any more.</summary>
    public virtual void Confirm(Member member, Turn turn)
    {
    }

    /// <summary>A member has acknowledged the outcome of a round.</summary>
    public virtual void Tell(Member member, Round round)
    {
    }

    /// <summary>Nobody will ask for what was decided any more.</summary>
    public virtual void ForgetDecided()
    {
    }

    /// <summary>A seat of the group has got its member, or the group is known from now on.</summary>
    public virtual void SeatTaken(Turn turn)
    {
    }

    /// <summary>Who belongs to the group, or what is known of a member, has changed.</summary>
    public virtual void MembersChanged(Turn turn)
    {
    }

    /// <summary>A member was lost, left or failed.</summary>
    public virtual void MemberGone(Member member, Turn turn)
    {
    }

    /// <summary>A member is absent again, as before its first call: what it was owed is void.</summary>
    public virtual void MemberAbsent(Member member)
    {
    }

    /// <summary>Another incarnation has the seat: nobody waits for the answers to the old one's requests.</summary>
    public virtual void MemberReplaced(Member member)
    {
    }

    /// <summary>How a wait that was taken back ends for its caller.</summary>
    protected Outcome EndOfOwnWait(
        Member member, WithdrawReason reason, TimeSpan waited, IEnumerable<string> expected, Predicate<string> hasArrived, TimeSpan now) =>
        reason == WithdrawReason.Cancelled
            ? Withdrawn.Instance
            : Failures.Of(SyncFailureKind.Timeout, member.Id, GaveUp(member, waited), expected, hasArrived, Group, Key, now);

    protected static string GaveUp(Member member, TimeSpan waited) => $"{member.Id} gave up after {Durations.Of(waited)}";
}
