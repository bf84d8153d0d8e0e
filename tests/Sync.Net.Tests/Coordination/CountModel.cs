namespace Sync.Net.Tests.Coordination;

/// <summary>What a counted barrier should do, said a second time and plainly: a list of entries and a sum.</summary>
internal sealed class CountModel
{
    private readonly List<(Wait Wait, string Act, int Number)> _entries = [];
    private readonly List<(int Generation, string Text, HashSet<string> Members)> _decided = [];
    private readonly Dictionary<Wait, (string Text, int Generation, int Times)> _outcomes = [];
    private readonly HashSet<string> _connected;
    private readonly HashSet<Wait> _forgotten = [];
    private int _generation;

    public CountModel(IEnumerable<string> members) => _connected = [.. members];

    public int KeptRounds => _decided.Count(each => each.Members.Count > 0) + (_entries.Count > 0 ? 1 : 0);

    public int Credits => _entries.Count(each => each.Act == "add");

    public bool IsConnected(string member) => _connected.Contains(member);

    public Wait? WaitOf(string member) => _entries.Find(each => each.Wait.Member == member && each.Act != "add").Wait;

    public (string? Text, int Generation, int Times) Expected(Wait wait) => _outcomes.GetValueOrDefault(wait);

    public void Enter(Wait wait, string act, int number)
    {
        if (act == "clear")
        {
            Tell(wait, "done", 0);
            if (_entries.Count > 0) Decide("cleared");
            return;
        }
        var owed = act == "add" ? default : _decided.Find(each => each.Members.Contains(wait.Member));
        if (owed.Members is not null) Tell(wait, owed.Text, owed.Generation);
        else if (act != "add" && WaitOf(wait.Member) is not null) Tell(wait, "refused", 0);
        else
        {
            if (act == "add") Tell(wait, "done", 0);
            _entries.Add((wait, act, number));
            Judge();
        }
    }

    public void End(Wait wait, string text)
    {
        _entries.RemoveAll(each => each.Wait == wait);
        Tell(wait, text, 0);
        Judge();
    }

    public void Lose(string member)
    {
        _connected.Remove(member);
        if (WaitOf(member) is { } wait) End(wait, "gone");
    }

    public void Depart(string member)
    {
        if (WaitOf(member) is { } wait) End(wait, "withdrawn");
        foreach (var each in _decided) each.Members.Remove(member);
        _connected.Remove(member);
        Forget(member);
    }

    public void Restart(string member)
    {
        _connected.Add(member);
        Forget(member);
    }

    public void Acknowledge(Wait wait)
    {
        if (_forgotten.Contains(wait) || !_outcomes.TryGetValue(wait, out var outcome) || outcome.Generation == 0) return;
        _decided.Find(each => each.Generation == outcome.Generation).Members.Remove(wait.Member);
    }

    private void Judge()
    {
        int waiters = _entries.Count(each => each.Act == "wait");
        int counted = _entries.Where(each => each.Act != "wait").Sum(each => each.Number);
        if (waiters > 0 && counted == waiters) Decide($"released {_entries.Count(each => each.Act != "add")}");
    }

    private void Decide(string text)
    {
        _generation++;
        Wait[] waits = [.. _entries.Where(each => each.Act != "add").Select(each => each.Wait)];
        _entries.Clear();
        _decided.Add((_generation, text, [.. waits.Select(each => each.Member)]));
        foreach (Wait wait in waits) Tell(wait, text, _generation);
    }

    private void Tell(Wait wait, string text, int generation) =>
        _outcomes.Add(wait, (text, generation, _connected.Contains(wait.Member) ? 1 : 0));

    /// <summary>What an earlier start asked is not acknowledged any more.</summary>
    private void Forget(string member) => _forgotten.UnionWith(_outcomes.Keys.Where(each => each.Member == member));
}
