using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>What a member asks, and when it may be let through.</summary>
/// <param name="Name">The session's.</param>
/// <param name="IsMet">Whether the facts let it through in a round.</param>
internal sealed record MixedAsk(string Name, Func<MixedFacts, long, bool> IsMet)
{
    public bool Gives { get; init; }

    public bool Sends { get; init; }

    public bool Sets { get; init; }

    public bool IsCredit { get; init; }

    /// <summary>What it adds to a count; a waiter takes one.</summary>
    public int Counts { get; init; }
}

/// <summary>The facts behind all waits of a group, without any notion of rounds, links or answers.</summary>
internal sealed class MixedFacts(IReadOnlyList<string> members)
{
    /// <summary>What was given, what was counted in advance, and how each meeting broke, for those that never came to it.</summary>
    public const int RoundsThatMayStay = 5;

    private readonly Dictionary<Wait, MixedAsk> _asked = [];
    private readonly HashSet<Wait> _waiting = [];
    private readonly HashSet<string> _gave = [];
    private readonly HashSet<string> _ready = [];
    private readonly HashSet<string> _present = [.. members];
    private readonly HashSet<string> _failed = [];
    private readonly Dictionary<string, int> _sent = [];
    private int _credits;

    public HashSet<string> Declared { get; } = [.. members];

    public void Asked(MixedAsk ask, Wait wait, bool isReplay)
    {
        _asked.Add(wait, ask);
        if (isReplay || wait is { IsOpen: false, Outcome: Failed { Kind: SyncFailureKind.Refused } }) return;
        _waiting.Add(wait);
        if (ask.Gives) _gave.Add(wait.Member);
        if (ask.Sends) _sent[wait.Member] = _sent.GetValueOrDefault(wait.Member) + 1;
        if (ask.Sets) _ready.Add(wait.Member);
        if (ask.IsCredit && wait is { IsOpen: false, Outcome: Released }) _credits += ask.Counts;
    }

    public bool Holds(Wait wait) => !_asked.TryGetValue(wait, out MixedAsk? ask) || ask.IsMet(this, wait.Generation);

    /// <summary>The wait is being taken back.</summary>
    public void Stop(Wait wait) => _waiting.Remove(wait);

    public void Gone(string member, bool failed = false)
    {
        _waiting.RemoveWhere(wait => wait.Member == member);
        _present.Remove(member);
        if (failed) _failed.Add(member);
    }

    public void Back(string member, bool isNew)
    {
        if (isNew)
        {
            _failed.Remove(member);
            Declared.Remove(member);
        }
        if (!_failed.Contains(member)) _present.Add(member);
    }

    /// <summary>Messages, states, credits and failures stay; all else is as before the first call.</summary>
    public void ServerRestarted(IEnumerable<string> here)
    {
        _waiting.Clear();
        _gave.Clear();
        _present.Clear();
        _present.UnionWith(here.Except(_failed));
        Declared.Clear();
    }

    /// <summary>What ended is no longer there for a next round.</summary>
    public void Settle(IReadOnlyList<Wait> ended)
    {
        if (ended.Any(wait => wait.Session.Kind == SessionKind.Data && wait.Generation != 0 && _waiting.Contains(wait))) _gave.Clear();
        if (ended.Any(wait => wait is { Session.Kind: SessionKind.Count, Outcome: Released, Generation: > 0 } && _waiting.Contains(wait))) _credits = 0;
        _waiting.ExceptWith(ended);
    }

    public bool AllWait(string name) => members.All(member => _waiting.Any(wait => wait.Member == member && _asked[wait].Name == name));

    public bool AllGave() => _gave.IsSupersetOf(members);

    public bool CountIsMet() =>
        _credits + _waiting.Where(static wait => wait.Session.Kind == SessionKind.Count).Sum(wait => _asked[wait] is { IsCredit: true } ? 0 : _asked[wait].Counts) == 0;

    public bool HasSent(string? butFor) => _sent.Keys.Any(member => member != butFor);

    public bool AllHaveSent(long times, string? butFor) => members.All(member => member == butFor || _sent.GetValueOrDefault(member) >= times);

    public bool AllAreReady() => _ready.IsSupersetOf(members);

    public bool AllHaveJoined() => _present.IsSupersetOf(members) && Declared.IsSupersetOf(members);
}
