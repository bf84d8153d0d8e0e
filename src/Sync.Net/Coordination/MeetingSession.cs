using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// A name on which a roster meets, generation after generation: a barrier, or an exchange of data, whose
/// contributions stay when their waits end.
/// </summary>
internal sealed partial class MeetingSession(SessionKey key, IGroup group) : Session(key, group)
{
    /// <summary>Decided generations that somebody is still owed, oldest first.</summary>
    private readonly List<Generation> _owed = [];

    /// <summary>Observers, and the last generation whose outcome each of them got.</summary>
    private readonly Dictionary<string, long> _observers = new(StringComparer.Ordinal);

    private long _lastNumber;
    private Generation? _last;

    /// <summary>The generation forgotten last: a session meets again and again.</summary>
    private Generation? _used;

    /// <summary>Positions in the order of arrival, while a release is put together.</summary>
    private int[] _order = [];

    /// <summary>The generation that takes arrivals; null while nobody waits.</summary>
    public Generation? Open { get; private set; }

    /// <summary>Contributions stay when a wait ends or its member is lost.</summary>
    public bool KeepsContributions => Key.Kind == SessionKind.Data;

    private Generation Opened(long number, Roster roster)
    {
        if (_used is not { } opened || opened.Roster.Count != roster.Count) return new Generation(number, roster);
        _used = null;
        opened.BeginAgain(number, roster);
        return opened;
    }

    public override bool MattersWithoutMembers =>
        (KeepsContributions && (Open is { Arrived: > 0 } || _given.Count > 0))
        || (_last is { OwedOthers: > 0, Outcome: Failed { Kind: SyncFailureKind.Aborted } });

    public override bool OwesContributors => _owed.Exists(static decided => decided.OwedContributors > 0);

    public override int KeptRounds => _owed.Count + (Open is null ? 0 : 1);

    public override bool IsIdle => Open is null && _early.Count == 0 && _given.Count == 0 && _owed.Count == 0;

    /// <summary>Complete and yet open: it waits for signs of life only.</summary>
    public override bool MayBeMetByItself => Open is { IsComplete: true };

    public override IReadOnlyList<string> LackedBy(Request request)
    {
        if (request.Round is not Generation open) return Group.Roll?.LackedBy(HasComeEarly) ?? [];
        return [.. open.Roster.Members.Where(id => !open[open.Roster.PositionOf(id)].Contributed)];
    }
}
