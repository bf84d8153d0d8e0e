using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// A name on which a roster meets, generation after generation: a barrier, or an exchange of data, whose
/// contributions stay when their waits end.
/// </summary>
internal sealed partial class Session(SessionKey key, IGroup group)
{
    /// <summary>Decided generations that somebody is still owed, oldest first.</summary>
    private readonly List<Generation> _owed = [];

    /// <summary>Members that name only a part of the roster and came before anybody who knows all of it.</summary>
    private readonly List<EarlyEnter> _early = [];

    /// <summary>Observers, and the last generation whose outcome each of them got.</summary>
    private readonly Dictionary<string, long> _observers = new(StringComparer.Ordinal);

    private long _lastNumber;
    private Generation? _last;

    public SessionKey Key { get; } = key;

    /// <summary>The generation that takes arrivals; null while nobody waits.</summary>
    public Generation? Open { get; private set; }

    /// <summary>Contributions stay when a wait ends or its member is lost.</summary>
    public bool KeepsContributions => Key.Kind == SessionKind.Data;

    /// <summary>Whether something here may yet matter to a member that is not connected now.</summary>
    public bool MattersWithoutMembers =>
        (KeepsContributions && Open is { Arrived: > 0 })
        || (_last is { OwedOthers: > 0, Outcome: Failed { Kind: SyncFailureKind.Aborted } });

    /// <summary>Somebody took part in a decided generation and has not acknowledged how it ended.</summary>
    public bool OwesContributors => _owed.Exists(static decided => decided.OwedContributors > 0);

    public int KeptGenerations => _owed.Count + (Open is null ? 0 : 1);

    /// <summary>Nothing is open and nobody is owed anything: only the last number is remembered.</summary>
    public bool IsIdle => Open is null && _early.Count == 0 && _owed.Count == 0;

    private readonly record struct EarlyEnter(Member Member, Request Request, Enter Enter, TimeSpan At);
}
