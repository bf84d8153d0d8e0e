namespace Sync.Net.Tests.Coordination;

/// <summary>What a board of a closed group should do, said a second time and plainly: everything is judged again from all facts after each step.</summary>
internal sealed class BoardModel(IReadOnlyList<string> members)
{
    private readonly List<Open> _open = [];
    private readonly Dictionary<string, int> _round = members.ToDictionary(id => id, _ => 1);
    private readonly HashSet<(string Member, int Round)> _contributed = [];
    private readonly Dictionary<string, Outcome> _owed = [];
    private readonly HashSet<string> _gone = [];

    public List<(string Member, string Data)> Messages { get; } = [];

    /// <summary>How each request that has ended did.</summary>
    public Dictionary<Wait, Outcome> Ended { get; } = [];

    public bool IsGone(string member) => _gone.Contains(member);

    public int KeptRounds =>
        _open.Where(each => each.Kind == BoardStepKind.Sync).Select(each => _round[each.Wait.Member]).Distinct().Count() + _owed.Values.Distinct().Count();

    public void Enter(Wait wait, BoardStepKind kind, string data, int after, bool excludes, IReadOnlyList<string> needed, bool patient)
    {
        string member = wait.Member;
        if (kind == BoardStepKind.Sync && _owed.TryGetValue(member, out Outcome? owed))
        {
            Ended.Add(wait, owed);
            return;
        }
        if (kind == BoardStepKind.Sync && _open.Exists(each => each.Kind == kind && each.Wait.Member == member))
        {
            Ended.Add(wait, new Outcome("refused", 0));
            return;
        }
        if (kind is BoardStepKind.Send or BoardStepKind.Sync)
        {
            Messages.Add((member, data));
            _contributed.Add((member, _round[member]));
        }
        var open = new Open(wait, kind, after, excludes, needed, patient);
        if (kind == BoardStepKind.Send) Ended.Add(wait, new Outcome("", 0));
        else if (kind == BoardStepKind.Peek) Ended.Add(wait, new Outcome(Shown(open), 0));
        else _open.Add(open);
        Judge();
    }

    public void Withdraw(Wait wait, string how)
    {
        if (_open.RemoveAll(each => each.Wait == wait) > 0) Ended.Add(wait, new Outcome(how, 0));
    }

    public void Acknowledge(Wait wait)
    {
        if (Ended.TryGetValue(wait, out Outcome? outcome) && _owed.TryGetValue(wait.Member, out Outcome? owed) && owed == outcome) Advance(wait.Member);
    }

    /// <summary>The member is gone: its own waits end with it, and those that can't do without it.</summary>
    public void Gone(string member)
    {
        _gone.Add(member);
        foreach (Open own in _open.FindAll(each => each.Wait.Member == member)) Withdraw(own.Wait, "gone");
        Judge();
    }

    public void Back(string member) => _gone.Remove(member);

    public void Absent(string member)
    {
        foreach (Open own in _open.FindAll(each => each.Wait.Member == member)) Withdraw(own.Wait, "withdrawn");
        if (_owed.ContainsKey(member)) Advance(member);
    }

    private void Advance(string member)
    {
        _owed.Remove(member);
        _round[member]++;
    }

    private void Judge()
    {
        List<Open> met = _open.FindAll(IsMet);
        var rounds = new Dictionary<int, Outcome>();
        foreach (Open each in met)
        {
            _open.Remove(each);
            if (each.Kind != BoardStepKind.Sync)
            {
                Ended.Add(each.Wait, new Outcome(Shown(each), 0));
                continue;
            }
            int round = _round[each.Wait.Member];
            if (!rounds.TryGetValue(round, out Outcome? outcome)) rounds.Add(round, outcome = new Outcome(Shown(each), round));
            Ended.Add(each.Wait, outcome);
            _owed.Add(each.Wait.Member, outcome);
        }
        foreach (Open each in _open.FindAll(each => !each.Patient && IsHopeless(each))) Withdraw(each.Wait, "gone");
    }

    private bool IsMet(Open wait) => wait.Kind switch
    {
        BoardStepKind.Receive => Shown(wait).Length > 0,
        BoardStepKind.ReceiveAll => wait.Needed.All(id => HasSent(wait, id)),
        _ => members.All(id => HasContributed(wait, id)),
    };

    private bool IsHopeless(Open wait) => wait.Kind switch
    {
        BoardStepKind.Receive => members.Count > 1 && members.All(id => id == wait.Wait.Member || IsGone(id)),
        BoardStepKind.ReceiveAll => wait.Needed.Any(id => IsGone(id) && !HasSent(wait, id)),
        _ => members.Any(id => IsGone(id) && !HasContributed(wait, id)),
    };

    private bool HasContributed(Open wait, string id) => _contributed.Contains((id, _round[wait.Wait.Member]));

    private bool HasSent(Open wait, string id) => (wait.Excludes && id == wait.Wait.Member) || Messages.Exists(each => each.Member == id);

    private string Shown(Open wait) => string.Join(' ', Messages
        .Skip(wait.After)
        .Where(each => !wait.Excludes || each.Member != wait.Wait.Member)
        .Select(each => $"{each.Member}={each.Data}"));

    /// <summary>Compared by reference: the waiters of a round share one.</summary>
    internal sealed class Outcome(string text, int round)
    {
        public string Text { get; } = text;

        public int Round { get; } = round;
    }

    private sealed record Open(Wait Wait, BoardStepKind Kind, int After, bool Excludes, IReadOnlyList<string> Needed, bool Patient);
}
