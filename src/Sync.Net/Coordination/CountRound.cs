using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One use of a counted barrier: who waits, how many are to wait, and how it ended.</summary>
internal sealed class CountRound(long number) : Round(number)
{
    private readonly List<CountEntry> _entries = [];
    private readonly Dictionary<string, CountEntry> _waits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _owed = new(StringComparer.Ordinal);
    private long _counted;
    private int _waiters;
    private int _initialisers;

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<CountEntry> Entries => _entries;

    public IEnumerable<CountEntry> Waiters => _entries.Where(static each => each.IsWaiter);

    public IEnumerable<CountEntry> Credits => _entries.Where(static each => each.IsCredit);

    public CountEntry? FirstInitialiser => _entries.Find(static each => !each.IsWaiter);

    public bool HasInitialiser => _initialisers > 0;

    /// <summary>How many are to wait by the waiters' own word; 0 where initialisers count them.</summary>
    public long Participants { get; private set; }

    /// <summary>Who is to wait; null where only their number is known.</summary>
    public Roster? Roster { get; private set; }

    public bool IsEmpty => _entries.Count == 0;

    public bool HasWaits => _waits.Count > 0;

    public int WaiterCount => _waiters;

    /// <summary>Initialisers raise it, each waiter lowers it by one. Those who name the same members mean the same waiters.</summary>
    public long Sum => (Roster?.Count ?? _counted) - _waiters;

    public bool IsMet => Participants > 0 ? _waiters == Participants : _waiters > 0 && Sum == 0;

    /// <summary>Somebody took part and has not acknowledged how it ended.</summary>
    public bool IsOwed => _owed.Count > 0;

    public CountEntry? WaitOf(string member) => _waits.GetValueOrDefault(member);

    public bool IsWaiting(string member) => WaitOf(member) is { IsWaiter: true };

    /// <summary>Whether everybody who waits chose to wait for the return of a lost member.</summary>
    public bool AllWaitForReturn => _waits.Values.All(static each => each.Flags.HasFlag(EnterFlags.WaitForReturn));

    public void Add(CountEntry entry)
    {
        _entries.Add(entry);
        if (entry.IsWaiter) Participants = entry.Number;
        else Roster ??= entry.Roster;
        Count(entry, 1);
        if (entry.Request is not { } wait) return;
        wait.Round = this;
        _waits.Add(entry.Member.Id, entry);
    }

    /// <summary>Takes a contribution back, as if it had never been.</summary>
    public void Remove(CountEntry entry)
    {
        _entries.Remove(entry);
        if (entry.Request is not null) _waits.Remove(entry.Member.Id);
        Count(entry, -1);
        if (!HasInitialiser) Roster = null;
    }

    /// <summary>Nobody is to be released by what was initialised asynchronously.</summary>
    public void ForgetCredits()
    {
        foreach (CountEntry credit in Credits) Count(credit, -1);
        _entries.RemoveAll(static each => each.IsCredit);
        if (!HasInitialiser) Roster = null;
    }

    /// <summary>What the entry changed: those who name the same members count once.</summary>
    public long ChangeOf(CountEntry entry)
    {
        if (entry.IsWaiter) return -1;
        if (Roster is null) return entry.Number;
        return ReferenceEquals(entry, FirstInitialiser) ? Roster.Count : 0;
    }

    /// <param name="outcome">The one outcome of all waits.</param>
    /// <param name="latest">Who broke it by what it asked, if it is none of the entries.</param>
    public void Decide(Outcome outcome, CountEntry? latest)
    {
        Outcome = outcome;
        if (latest is { IsCredit: false }) _waits.TryAdd(latest.Member.Id, latest);
        _owed.UnionWith(_waits.Keys);
    }

    public bool Owes(string member) => _owed.Contains(member);

    public void Tell(string member) => _owed.Remove(member);

    private void Count(CountEntry entry, int sign)
    {
        if (entry.IsWaiter)
        {
            _waiters += sign;
            return;
        }
        _initialisers += sign;
        if (entry.Roster is null) _counted += sign * entry.Number;
    }
}
