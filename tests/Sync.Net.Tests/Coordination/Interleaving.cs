using System.Text;
using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Applies steps to the coordinator and to the model, and compares the two after each.</summary>
internal sealed class Interleaving
{
    private static readonly (SessionKind Kind, EnterFlags Flags)[] Kinds =
    [
        (SessionKind.Barrier, EnterFlags.None),
        (SessionKind.Data, EnterFlags.None),
        (SessionKind.Barrier, EnterFlags.ConfirmRelease),
        (SessionKind.Data, EnterFlags.ConfirmRelease),
        (SessionKind.Barrier, EnterFlags.WaitForReturn),
    ];

    private readonly string[] _members;
    private readonly GroupDriver _group;
    private readonly ModelGroup _model;
    private readonly List<Wait> _waits = [];
    private readonly Dictionary<(SessionKey, long), Outcome> _decided = [];

    public Interleaving(int members)
    {
        _members = [.. Enumerable.Range(0, members).Select(i => ((char)('a' + i)).ToString())];
        _group = new GroupDriver(string.Join(' ', _members));
        _model = new ModelGroup(_members);
        foreach (string member in _members) _group.WithholdAcknowledgements(member);
    }

    public IReadOnlyList<Effect> History => _group.History;

    public Interleaving Run(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            _group.Advance(0.1);
            Apply(step);
            Compare();
        }
        return this;
    }

    /// <summary>Everybody returns, asks at its deadline, acknowledges and says goodbye: all waits end and nothing is kept for them.</summary>
    public void End()
    {
        foreach (string member in _members)
        {
            if (!_model.IsConnected(member)) Apply(new Step(_model.IsLost(member) ? StepKind.Return : StepKind.Restart, IndexOf(member), 0, 1));
            for (int session = 0; session < Kinds.Length; session++) Apply(new Step(StepKind.Withdraw, IndexOf(member), session, 1));
        }
        Compare();
        Assert.All(_waits.Where(_model.IsKept), wait => Assert.NotEmpty(wait.Answers));
        foreach (Wait wait in _waits.ToArray()) Acknowledge(wait);
        foreach (string member in _members) Apply(new Step(StepKind.Depart, IndexOf(member), 0, 0));
        Compare();
        Assert.Equal(0, _group.Coordinator.KeptRequests);
    }

    private void Apply(Step step)
    {
        string member = _members[step.Member % _members.Length];
        int session = step.Session % Kinds.Length;
        bool connected = _model.IsConnected(member);
        switch (step.Kind)
        {
            case StepKind.Enter when connected:
                Enter(member, session);
                break;
            case StepKind.Withdraw when connected && WaitOf(member, session) is { } wait:
                Withdraw(wait, session, (WithdrawReason)(step.Choice % 3));
                break;
            case StepKind.Abort when connected && Kinds[session].Kind == SessionKind.Barrier:
                Wait abort = _group.Abort(member, Key(session).Name, "no");
                _waits.Add(abort);
                _model.Abort(abort, session);
                break;
            case StepKind.Lose when connected:
                _group.Lose(member);
                _model.Lose(member);
                break;
            case StepKind.Depart when connected:
                _group.Depart(member, left: step.Choice % 2 == 1);
                _model.Depart(member, left: step.Choice % 2 == 1);
                break;
            case StepKind.Restart when !connected:
                _group.Restart(member);
                _model.Restart(member);
                break;
            case StepKind.Return when !connected:
            case StepKind.Reconnect when connected:
                Return(member, step.Choice);
                break;
            case StepKind.Acknowledge when _waits.Count > 0:
                Acknowledge(_waits[step.Choice % _waits.Count]);
                break;
            case StepKind.Silence when connected:
                _group.Silence(member, 10);
                if (step.Choice % 2 == 0) _group.Hear(member);
                break;
            case StepKind.ShowLife when connected:
                _group.ShowLife(member);
                _model.ShowLife(member);
                break;
        }
    }

    private void Enter(string member, int session)
    {
        (SessionKind kind, EnterFlags flags) = Kinds[session];
        string? data = kind == SessionKind.Data ? $"{member}{_waits.Count}" : null;
        Wait wait = _group.Enter(member, Key(session), null, flags, 0, data is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(data), null, null);
        _waits.Add(wait);
        _model.Enter(wait, session, data ?? "");
    }

    /// <summary>The member's open wait, or the last one that was answered: asking about that must change nothing.</summary>
    private Wait? WaitOf(string member, int session) =>
        _model.Sessions[session].WaitOf(member) ?? _waits.FindLast(wait => wait.Member == member && wait.Session == Key(session));

    private void Withdraw(Wait wait, int session, WithdrawReason reason)
    {
        if (!_model.IsKept(wait)) return;
        _group.Withdraw(wait, reason);
        if (_model.IsDecided(wait)) return;
        _model.Sessions[session].Withdraw(wait.Member, reason switch
        {
            WithdrawReason.Cancelled => "cancelled",
            WithdrawReason.TimedOut => "timeout",
            _ => "quiet",
        });
    }

    /// <summary>The same start connects again. By choice its answers were lost on the way, and it has forgotten what is open.</summary>
    private void Return(string member, int choice)
    {
        bool answersWereLost = (choice & 1) != 0;
        bool forgot = (choice & 2) != 0;
        _group.Reconnect(member);
        _model.Connect(member);
        Wait[] open = [.. _waits.Where(wait => wait.Member == member && _model.IsKept(wait) && (_model.IsDecided(wait) ? answersWereLost : !forgot))];
        _group.Resume(member, open);
        _model.Resume(member, open);
        foreach (Wait wait in open)
        {
            _group.Resend(wait);
            _model.Resend(wait);
        }
    }

    private void Acknowledge(Wait wait)
    {
        _group.Acknowledge(wait);
        _model.Acknowledge(wait);
    }

    private void Compare()
    {
        foreach (Wait wait in _waits)
        {
            (int times, string? text, int generation) = _model.Expected(wait);
            Assert.Equal((wait, times), (wait, wait.Answers.Count));
            foreach ((Outcome outcome, long number) in wait.Answers)
            {
                Assert.Equal((text, generation), (TextOf(outcome), number));
                if (number == 0) continue;
                if (!_decided.TryAdd((wait.Session, number), outcome)) Assert.Same(_decided[(wait.Session, number)], outcome);
            }
        }
        Assert.Equal(
            (_model.KeptRequests, _model.KeptRounds, _model.KeptBytes),
            (_group.Coordinator.KeptRequests, _group.Coordinator.KeptRounds, (int)_group.Coordinator.KeptBytes));
    }

    private static string TextOf(Outcome outcome) => outcome switch
    {
        Released { Contributions: { } given } met =>
            $"released {met.Straggler} {string.Join(' ', given.Select(each => $"{each.Member}={Encoding.UTF8.GetString(each.Data!.Value.Span)}"))}",
        Released met => $"released {met.Straggler} ",
        Withdrawn => "withdrawn",
        Failed { Kind: SyncFailureKind.MemberLost or SyncFailureKind.MemberLeft } => "gone",
        Failed { Kind: SyncFailureKind.Refused } => "refused",
        Failed { Kind: SyncFailureKind.Timeout } failed => $"timeout:{failed.Culprit}",
        Failed { Kind: SyncFailureKind.Aborted } failed => $"aborted:{failed.Culprit}",
        _ => outcome.ToString(),
    };

    private static SessionKey Key(int session) => new(Kinds[session].Kind, $"s{session}");

    private int IndexOf(string member) => Array.IndexOf(_members, member);
}
