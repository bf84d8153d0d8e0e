using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Applies steps to a board and to the model, and compares the two after each.</summary>
internal sealed class BoardInterleaving
{
    private readonly string[] _members;
    private readonly GroupDriver _group;
    private readonly BoardModel _model;
    private readonly List<Wait> _waits = [];
    private readonly Dictionary<Wait, int> _repeats = [];
    private readonly HashSet<Wait> _void = [];
    private readonly Dictionary<string, int> _passed = [];
    private readonly HashSet<string> _away = [];
    private int _sent;

    public BoardInterleaving(int members)
    {
        _members = [.. Enumerable.Range(0, members).Select(i => ((char)('a' + i)).ToString())];
        _group = GroupDriver.Closed(string.Join(' ', _members));
        _model = new BoardModel(_members);
        foreach (string member in _members) _group.WithholdAcknowledgements(member);
    }

    public void Run(IEnumerable<BoardStep> steps)
    {
        foreach (BoardStep step in steps)
        {
            _group.Advance(0.1);
            Apply(step, _members[step.Member % _members.Length]);
            Compare();
        }
    }

    private void Apply(BoardStep step, string member)
    {
        bool connected = !_away.Contains(member);
        switch (step.Kind)
        {
            case <= BoardStepKind.Peek when connected:
                Enter(step.Kind, member, step.Choice);
                break;
            case BoardStepKind.Withdraw when connected && Pick(member, step.Choice) is { } wait:
                _group.Withdraw(wait, (WithdrawReason)(step.Choice % 3));
                _model.Withdraw(wait, step.Choice % 3 == 0 ? "withdrawn" : "timeout");
                break;
            case BoardStepKind.Acknowledge when connected:
                // In order, as on a connection: one acknowledgement stands for all answers before it.
                foreach (Wait answered in _waits.Where(each => each.Member == member && !each.IsOpen && !_void.Contains(each)).ToArray()) Acknowledge(answered);
                break;
            case BoardStepKind.Lose when connected:
                _group.Lose(member);
                _model.Gone(member);
                _away.Add(member);
                break;
            case BoardStepKind.Depart when connected:
                _group.Depart(member, left: step.Choice % 2 == 1);
                _model.Absent(member);
                if (step.Choice % 2 == 1) _model.Gone(member);
                _void.UnionWith(Of(member));
                _away.Add(member);
                break;
            case BoardStepKind.Restart when !connected:
                _group.Restart(member);
                _model.Back(member);
                _void.UnionWith(Of(member));
                _away.Remove(member);
                break;
            case BoardStepKind.Return when !connected && _model.IsGone(member) && Of(member).Any():
                Wait[] open = [.. Of(member)];
                foreach (Wait heard in open.Where(each => !each.IsOpen)) _repeats[heard] = _repeats.GetValueOrDefault(heard) + 1;
                _group.Return(member, open);
                _model.Back(member);
                _away.Remove(member);
                // What ended while the member was away has its first answer now.
                foreach (Wait each in open) _group.Resend(each);
                break;
        }
    }

    private void Enter(BoardStepKind kind, string member, int choice)
    {
        bool excludes = kind != BoardStepKind.Sync && choice % 5 == 0;
        bool patient = choice % 7 == 0;
        int after = kind == BoardStepKind.Receive ? Math.Max(0, _model.Messages.Count - (choice % 3)) : 0;
        string[] needed = choice % 2 == 0 ? _members : [.. _members.Where((_, i) => ((choice >> i) & 1) != 0)];
        if (needed.Length == 0) needed = _members;
        EnterFlags flags = (excludes ? EnterFlags.ExcludeSelf : 0) | (patient ? EnterFlags.WaitForReturn : 0);
        string data = $"{++_sent}";
        Wait wait = kind switch
        {
            BoardStepKind.Send => _group.Send(member, "x", data),
            BoardStepKind.Receive => _group.Receive(member, "x", after, flags),
            BoardStepKind.ReceiveAll => _group.ReceiveAll(member, "x", null, choice % 2 == 0 ? "" : string.Join(' ', needed), flags),
            BoardStepKind.Sync => _group.Sync(member, "x", data, flags),
            _ => _group.Peek(member, "x", after, flags),
        };
        _waits.Add(wait);
        _model.Enter(wait, kind, data, after, excludes, needed, patient);
    }

    private IEnumerable<Wait> Of(string member) => _waits.Where(each => each.Member == member && !_void.Contains(each));

    private Wait? Pick(string member, int choice)
    {
        Wait[] open = [.. Of(member).Where(each => !_model.Ended.ContainsKey(each))];
        return open.Length == 0 ? null : open[choice % open.Length];
    }

    private void Acknowledge(Wait wait)
    {
        _group.Acknowledge(wait);
        _model.Acknowledge(wait);
        _void.Add(wait);
    }

    private void Compare()
    {
        var shared = new Dictionary<BoardModel.Outcome, Outcome>();
        foreach (Wait wait in _waits)
        {
            if (!_model.Ended.TryGetValue(wait, out BoardModel.Outcome? expected))
            {
                Assert.True(wait.IsOpen, "never met early");
                continue;
            }
            bool heard = !_void.Contains(wait) && !_away.Contains(wait.Member);
            if (heard) Assert.Equal(1 + _repeats.GetValueOrDefault(wait), wait.Answers.Count);
            foreach ((Outcome outcome, long generation) in wait.Answers)
            {
                Assert.Equal((expected.Text, expected.Round), (TextOf(outcome), generation));
                if (generation == 0) continue;
                if (!shared.TryAdd(expected, outcome)) Assert.Same(shared[expected], outcome);
            }
            if (expected.Round > 0) _passed[wait.Member] = Math.Max(_passed.GetValueOrDefault(wait.Member), expected.Round);
        }
        Assert.Equal(_model.KeptRounds, _group.Coordinator.KeptRounds);
        // Who passed a round passed it with everybody: nobody has sent less often than another one has passed.
        int furthest = _passed.Values.DefaultIfEmpty().Max();
        Assert.All(_members, member => Assert.True(_model.Messages.Count(each => each.Member == member) >= furthest, $"{member} is behind {furthest}"));
    }

    private static string TextOf(Outcome outcome) => outcome switch
    {
        Released { Contributions: null } => "",
        Released met => string.Join(' ', met.Contributions.Select(each => $"{each.Member}={System.Text.Encoding.UTF8.GetString(each.Data!.Value.Span)}")),
        Withdrawn => "withdrawn",
        Failed { Kind: SyncFailureKind.Timeout } => "timeout",
        Failed { Kind: SyncFailureKind.Refused } => "refused",
        Failed { Kind: SyncFailureKind.MemberLost or SyncFailureKind.MemberLeft } => "gone",
        _ => outcome.ToString(),
    };
}
