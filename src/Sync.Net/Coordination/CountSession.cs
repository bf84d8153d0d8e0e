using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// A name on which as many meet as were counted, round after round: by initialisers, who raise a sum that each waiter lowers
/// by one (Emulab), or by the waiters' own word, who all state the same number (Avocado).
/// </summary>
internal sealed partial class CountSession(SessionKey key, IGroup group) : Session(key, group)
{
    /// <summary>Decided rounds that somebody is still owed, oldest first.</summary>
    private readonly List<CountRound> _owed = [];

    private long _lastNumber;

    /// <summary>The round that takes contributions; null while there are none.</summary>
    public CountRound? Open { get; private set; }

    /// <summary>What was initialised asynchronously waits for whoever comes.</summary>
    public override bool MattersWithoutMembers => Open?.Credits.Any() == true;

    public override bool OwesContributors => _owed.Count > 0;

    public override int KeptRounds => _owed.Count + (Open is null ? 0 : 1);

    public override bool IsIdle => Open is null && _owed.Count == 0;

    /// <summary>A wait that is taken back may bring the sum to zero.</summary>
    public override bool MayBeMetByItself => Open is { Participants: 0, Roster: null, WaiterCount: > 0, HasInitialiser: true };

    public override IReadOnlyList<string> LackedBy(Request request) => Open switch
    {
        null => [],
        { Roster: { } named } open => [.. named.Members.Where(id => !open.IsWaiting(id))],
        { Participants: > 0 and var participants } open => [$"{participants - open.WaiterCount} more to wait"],
        { Sum: > 0 and var sum } => [$"{sum} more to wait"],
        _ => ["an initialiser"],
    };

    public override void Tell(Member member, Round round) => Tell(member, (CountRound)round);

    public override void MemberAbsent(Member member)
    {
        foreach (CountRound decided in _owed.ToArray()) Tell(member, decided);
    }

    public override void ForgetDecided() => _owed.Clear();

    /// <summary>Keeps a decided round only while somebody is owed its outcome.</summary>
    private void Tell(Member member, CountRound decided)
    {
        decided.Tell(member.Id);
        if (!decided.IsOwed) _owed.Remove(decided);
    }
}
