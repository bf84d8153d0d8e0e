namespace Sync.Net.Tests.Coordination;

/// <summary>
/// What the coordinator should do, said a second time and plainly. It counts how often each request must have been
/// answered, and with what.
/// </summary>
internal sealed class ModelGroup
{
    private readonly Dictionary<string, string> _states = [];
    private readonly Dictionary<Wait, (string Text, Decision? Decision)> _outcomes = [];
    private readonly Dictionary<Wait, int> _deliveries = [];
    private readonly HashSet<Wait> _kept = [];

    public ModelGroup(IReadOnlyList<string> members)
    {
        Members = members;
        foreach (string member in members) _states[member] = "joined";
        Sessions =
        [
            new ModelSession(this, keeps: false, confirms: false, patient: false),
            new ModelSession(this, keeps: true, confirms: false, patient: false),
            new ModelSession(this, keeps: false, confirms: true, patient: false),
            new ModelSession(this, keeps: true, confirms: true, patient: false),
            new ModelSession(this, keeps: false, confirms: false, patient: true),
        ];
    }

    public IReadOnlyList<string> Members { get; }

    public IReadOnlyList<ModelSession> Sessions { get; }

    public int KeptRequests => _kept.Count;

    public int KeptRounds => Sessions.Sum(session => session.KeptRounds);

    public int KeptBytes => Sessions.Sum(session => session.KeptBytes);

    public bool IsConnected(string member) => _states[member] == "joined";

    public bool IsGone(string member) => _states[member] is "lost" or "left";

    public bool IsLost(string member) => _states[member] == "lost";

    /// <summary>How often the request must have been answered, and with what.</summary>
    public (int Times, string? Text, int Generation) Expected(Wait wait) => _outcomes.TryGetValue(wait, out var outcome)
        ? (_deliveries.GetValueOrDefault(wait), outcome.Text, outcome.Decision?.Generation ?? 0)
        : (0, null, 0);

    public bool IsDecided(Wait wait) => _outcomes.ContainsKey(wait);

    public bool IsKept(Wait wait) => _kept.Contains(wait);

    public void Tell(Wait wait, string text, Decision? decision = null)
    {
        _outcomes.Add(wait, (text, decision));
        Deliver(wait);
    }

    public void Enter(Wait wait, int session, string data)
    {
        _kept.Add(wait);
        Sessions[session].Enter(wait, data);
    }

    public void Abort(Wait wait, int session)
    {
        _kept.Add(wait);
        Tell(wait, "withdrawn");
        Sessions[session].Abort(wait.Member);
    }

    public void Acknowledge(Wait wait)
    {
        if (!IsDecided(wait) || !_kept.Remove(wait)) return;
        if (_outcomes[wait].Decision is { } decision) foreach (ModelSession session in Sessions) session.Settle(wait.Member, decision);
    }

    public void Resend(Wait wait)
    {
        if (IsDecided(wait)) Deliver(wait);
    }

    public void Lose(string member)
    {
        _states[member] = "lost";
        foreach (ModelSession session in Sessions) session.Gone(member);
    }

    public void Depart(string member, bool left)
    {
        CancelAll(member);
        foreach (ModelSession session in Sessions) session.Absent(member);
        _kept.RemoveWhere(wait => wait.Member == member);
        _states[member] = left ? "left" : "absent";
        if (left) foreach (ModelSession session in Sessions) session.Gone(member);
    }

    /// <summary>The same start has the seat (again), which is a sign of life.</summary>
    public void Connect(string member)
    {
        _states[member] = "joined";
        ShowLife(member);
    }

    public void Restart(string member)
    {
        _kept.RemoveWhere(wait => wait.Member == member);
        foreach (ModelSession session in Sessions) session.Replaced(member);
        _states[member] = "joined";
    }

    /// <summary>All that the member does not name is withdrawn, and done with.</summary>
    public void Resume(string member, IReadOnlyCollection<Wait> open)
    {
        foreach (ModelSession session in Sessions)
        {
            if (session.WaitOf(member) is { } wait && !open.Contains(wait)) session.Withdraw(member, "cancelled");
        }
        foreach (Wait wait in _kept.Where(wait => wait.Member == member && !open.Contains(wait)).ToArray()) Acknowledge(wait);
    }

    public void ShowLife(string member)
    {
        foreach (ModelSession session in Sessions)
        {
            if (session.WaitOf(member) is not null) session.ShowLife(member);
        }
    }

    private void CancelAll(string member)
    {
        foreach (ModelSession session in Sessions)
        {
            if (session.WaitOf(member) is not null) session.Withdraw(member, "cancelled");
        }
    }

    private void Deliver(Wait wait)
    {
        if (IsConnected(wait.Member)) _deliveries[wait] = _deliveries.GetValueOrDefault(wait) + 1;
    }
}
