namespace Sync.Net.Tests.Coordination;

/// <summary>How one generation ended, as far as the model tells: its number and a line.</summary>
internal sealed class Decision(int generation, string text, int bytes)
{
    public int Generation { get; } = generation;

    public string Text { get; } = text;

    /// <summary>What a release keeps for those who have not acknowledged it.</summary>
    public int Bytes { get; } = bytes;
}

/// <summary>One session of the model: sets and lists, written to be read beside RULES, not to be fast.</summary>
/// <param name="group">Who is connected, and what each request was told.</param>
/// <param name="keeps">Data: contributions stay when waits end.</param>
/// <param name="confirms">Everybody asks for a sign of life before the release.</param>
/// <param name="patient">Everybody waits for the return of lost members.</param>
internal sealed class ModelSession(ModelGroup group, bool keeps, bool confirms, bool patient)
{
    private readonly List<(string Member, string Data)> _given = [];
    private readonly Dictionary<string, Wait> _waiting = [];
    private readonly HashSet<string> _asked = [];
    private readonly List<(string Member, Decision Decision)> _owed = [];
    private readonly HashSet<string> _untold = [];
    private Decision? _last;
    private int _lastNumber;

    public bool IsOpen => _given.Count > 0;

    public int KeptRounds => (IsOpen ? 1 : 0) + KeptDecisions.Count();

    public int KeptBytes => _given.Sum(each => each.Data.Length) + KeptDecisions.Sum(each => each.Bytes);

    private IEnumerable<Decision> KeptDecisions =>
        _owed.Select(each => each.Decision).Concat(_untold.Count > 0 ? [_last!] : []).Distinct();

    public Wait? WaitOf(string member) => _waiting.GetValueOrDefault(member);

    /// <summary>RULES 4: which generation, or whose outcome.</summary>
    public void Enter(Wait wait, string data)
    {
        string member = wait.Member;
        if (_owed.Find(each => each.Member == member).Decision is { } owed)
        {
            group.Tell(wait, owed.Text, owed);
        }
        else if (WaitOf(member) is not null)
        {
            group.Tell(wait, "refused");
        }
        else if (!IsOpen && _untold.Contains(member))
        {
            group.Tell(wait, _last!.Text, _last);
        }
        else
        {
            int known = _given.FindIndex(each => each.Member == member);
            if (known < 0) _given.Add((member, data));
            else _given[known] = (member, data);
            _waiting[member] = wait;
            if (!patient && group.Members.Any(each => group.IsGone(each) && !HasGiven(each))) Break("gone");
            else Judge();
        }
    }

    /// <summary>RULES 5 and 6.</summary>
    public void Withdraw(string member, string reason)
    {
        Wait wait = _waiting[member];
        if (!keeps && reason == "timeout")
        {
            Break($"timeout:{member}");
            return;
        }
        _waiting.Remove(member);
        if (!keeps) _given.RemoveAll(each => each.Member == member);
        group.Tell(wait, reason == "cancelled" ? "withdrawn" : $"timeout:{member}");
        ShowLife(member);
    }

    public void Abort(string member)
    {
        bool waits = WaitOf(member) is not null;
        Break($"aborted:{member}");
        if (!waits) Settle(member, _last!);
    }

    /// <summary>The member was lost, or left for good.</summary>
    public void Gone(string member)
    {
        if (!IsOpen) return;
        if (keeps && HasGiven(member))
        {
            ShowLife(member);
        }
        else if (!patient)
        {
            Break("gone");
        }
        else if (_waiting.Remove(member, out Wait? wait))
        {
            _given.RemoveAll(each => each.Member == member);
            group.Tell(wait, "gone");
        }
    }

    /// <summary>The member said goodbye: it is owed nothing of what it took part in.</summary>
    public void Absent(string member) => _owed.RemoveAll(each => each.Member == member);

    /// <summary>A new start of the member has the seat; nobody waits for the old one's answers.</summary>
    public void Replaced(string member) => _waiting.Remove(member);

    public void ShowLife(string member)
    {
        _asked.Remove(member);
        if (_given.Count == group.Members.Count && _asked.Count == 0) Release();
    }

    /// <summary>The member has acknowledged how it ended.</summary>
    public void Settle(string member, Decision decision)
    {
        _owed.RemoveAll(each => each == (member, decision));
        if (decision == _last) _untold.Remove(member);
    }

    private bool HasGiven(string member) => _given.Exists(each => each.Member == member);

    private void Judge()
    {
        if (_given.Count < group.Members.Count) return;
        _asked.Clear();
        if (confirms) _asked.UnionWith(_waiting.Keys.Where(group.IsConnected));
        if (_asked.Count == 0) Release();
    }

    private void Release()
    {
        string data = keeps ? string.Join(' ', _given.OrderBy(each => each.Member).Select(each => $"{each.Member}={each.Data}")) : "";
        Decide($"released {(_given.Count > 1 ? _given[^1].Member : "")} {data}", failed: false, _given.Sum(each => keeps ? each.Data.Length : 0));
    }

    private void Break(string text) => Decide(text, failed: true, 0);

    private void Decide(string text, bool failed, int bytes)
    {
        var decision = new Decision(++_lastNumber, text, bytes);
        Wait[] waits = [.. _waiting.Values];
        _last = decision;
        _untold.Clear();
        if (failed) _untold.UnionWith(group.Members.Where(each => !HasGiven(each)));
        _owed.AddRange(_given.Select(each => (each.Member, decision)));
        _given.Clear();
        _waiting.Clear();
        _asked.Clear();
        foreach (Wait wait in waits) group.Tell(wait, text, decision);
    }
}
