using Sync.Net.Coordination;
using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>
/// One member's machine, a fake coordinator and a bad network, moved by chance; checks after each move what must always
/// hold. Calls end exactly once, and never better than they are known to have ended.
/// </summary>
internal sealed class MemberWorld
{
    private static readonly string[] Sessions = ["a", "b"];
    private static readonly double?[] Timeouts = [null, null, 0, 0.5, 3];
    private static readonly double[] Steps = [0.001, 0.05, 0.4, 1.1, 6];

    private readonly MemberMachine _machine = new(
        new MemberMachineOptions { Where = "db1:11922", ReconnectWindow = TimeSpan.FromSeconds(5) }, static () => 0.5);

    private readonly FakeCoordinator _coordinator = new();
    private readonly Dictionary<Call, TestCall> _calls = [];
    private readonly Dictionary<long, (Call Call, int Term)> _sent = [];
    private readonly HashSet<long> _learned = [];
    private readonly HashSet<(int Term, SessionKey Session, long Generation)> _passed = [];

    private TimeSpan _now;
    private bool _attempting;
    private Way _way;

    /// <summary>The link is good for both directions.</summary>
    private bool _up;

    /// <summary>The link, good or stalled, still brings what the coordinator says.</summary>
    private bool _hears;
    private int _linkTerm;
    private bool _resumes;

    public void Make(Move move, int a, int b)
    {
        switch (move)
        {
            case Move.Enter: Start(CallKind.Enter, a, b); break;
            case Move.Abort: Start(CallKind.Abort, a, b); break;
            case Move.Cancel: ForOne(a, (call, actions) => _machine.Cancel(call, _now, actions)); break;
            case Move.Dispose: ForOne(a, (call, actions) => _machine.Dispose(call, _now, actions)); break;
            case Move.Wait: Wait(Steps[a % Steps.Length]); break;
            case Move.Serve: _coordinator.Serve(); break;
            case Move.AskForRosters: _coordinator.AskForRosters(); break;
            case Move.Release: _coordinator.Release(Sessions[a % Sessions.Length]); break;
            case Move.Deliver: Deliver(a + 1); break;
            case Move.Seat: Seat(); break;
            case Move.Fail: Fail((AttemptFailureKind)(a % 5)); break;
            case Move.Refuse: Refuse(a % 4 == 0 ? RefuseReason.Duplicate : RefuseReason.Closing); break;
            case Move.TakeSeatBack: TakeSeatBack(); break;
            case Move.Down: Down(stalled: false); break;
            case Move.Stall: Down(stalled: true); break;
            case Move.Close: _coordinator.Close(); break;
            case Move.Restart: _coordinator.Restart(); break;
        }
    }

    /// <summary>All goes well from here on: so each call comes to its end.</summary>
    public void Heal()
    {
        for (int round = 0; round < 40 && _calls.Values.Any(call => call.IsOpen); round++)
        {
            if (_up && _linkTerm != _coordinator.Term && _coordinator.Outbox.Count == 0) Down(stalled: false);
            Seat();
            _coordinator.Serve();
            foreach (string session in Sessions) _coordinator.Release(session);
            Deliver(int.MaxValue);
            Wait(0.3);
        }
        Assert.All(_calls.Values, call => Assert.Equal(1, call.Ends));
    }

    private void Start(CallKind kind, int a, int b)
    {
        var call = new TestCall(kind, Sessions[a % Sessions.Length], Seconds(Timeouts[b % Timeouts.Length]), quiet: b > 5, hosts: a > 5);
        _calls.Add(call.Call, call);
        Do(actions => _machine.Start(call.Call, _now, actions));
    }

    private void ForOne(int which, Action<Call, List<MemberAction>> step)
    {
        Call[] open = [.. _calls.Values.Where(call => call.IsOpen).Select(call => call.Call)];
        if (open.Length > 0) Do(actions => step(open[which % open.Length], actions));
    }

    private void Wait(double seconds)
    {
        TimeSpan until = _now + TimeSpan.FromSeconds(seconds);
        for (int ticks = 0; _machine.NextTick <= until; ticks++)
        {
            Assert.True(ticks < 1000, "ticks without progress");
            if (_machine.NextTick > _now) _now = _machine.NextTick.Value;
            Do(actions => _machine.Tick(_now, actions));
        }
        _now = until;
    }

    private void Deliver(int count)
    {
        for (; count > 0 && _hears && _coordinator.Outbox.TryDequeue(out FakeCoordinator.Word? word); count--)
        {
            switch (word)
            {
                case FakeCoordinator.Word.Answer(var request, var generation, var outcome):
                    _learned.Add(request);
                    Do(actions => _machine.Answered(request, generation, outcome, _now, actions));
                    break;
                case FakeCoordinator.Word.Decision(var session, var generation, var outcome):
                    Do(actions => _machine.Decided(session, generation, outcome, _now, actions));
                    break;
                case FakeCoordinator.Word.NeedRoster(var request):
                    if (_up) Do(actions => _machine.NeedRoster(request, actions));
                    break;
                case FakeCoordinator.Word.Closing:
                    LoseLink();
                    Do(actions => _machine.Closing(_now, actions));
                    break;
            }
        }
    }

    private void Seat()
    {
        if (!_attempting) return;
        LoseLink();
        _attempting = false;
        _up = _hears = true;
        _resumes = _linkTerm == _coordinator.Term;
        _linkTerm = _coordinator.Term;
        Do(actions => _machine.Seated(MemberDriver.Term(_linkTerm), _now, actions));
        Assert.False(_resumes, "returned to the same term without a word");
    }

    private void Fail(AttemptFailureKind kind)
    {
        if (!_attempting || (kind == AttemptFailureKind.InUse && _way != Way.Host)) return;
        if (kind == AttemptFailureKind.NothingListens) _coordinator.Restart();
        _attempting = false;
        Do(actions => _machine.AttemptFailed(new AttemptFailure(kind, $"{kind}."), _now, actions));
    }

    private void Refuse(RefuseReason reason)
    {
        if (!_attempting) return;
        _attempting = false;
        Do(actions => _machine.Refused(reason, $"{reason}.", _now, actions));
    }

    private void TakeSeatBack()
    {
        if (!_up) return;
        _up = false;
        Do(actions => _machine.Refused(RefuseReason.Replaced, "replaced", _now, actions));
    }

    private void Down(bool stalled)
    {
        if (!_up) return;
        _up = false;
        if (!stalled) LoseLink();
        Do(actions => _machine.Down("silent", _now, actions));
    }

    private void LoseLink()
    {
        _up = _hears = false;
        _coordinator.Outbox.Clear();
    }

    private void Do(Action<List<MemberAction>> step)
    {
        var actions = new List<MemberAction>();
        step(actions);
        foreach (MemberAction action in actions) Carry(action);
    }

    private void Carry(in MemberAction action)
    {
        switch (action.Kind)
        {
            case MemberActionKind.Attempt:
                Assert.False(_attempting || _up, "one attempt at a time");
                (_attempting, _way) = (true, action.Way);
                break;
            case MemberActionKind.CloseLink:
                LoseLink();
                break;
            case MemberActionKind.Complete:
                CheckEnd(action.Call!, action.End!);
                _calls[action.Call!].Call.Complete(action.End!, false);
                break;
            default:
                Assert.True(_up, $"{action.Kind} without a link");
                CheckPost(action);
                _coordinator.Take(_linkTerm, action);
                break;
        }
    }

    private void CheckPost(in MemberAction action)
    {
        Assert.Equal(_resumes, action.Kind == MemberActionKind.PostResumed);
        _resumes = false;
        if (action.Kind == MemberActionKind.PostWithdraw && action.Withdraw.Reason != WithdrawReason.Cancelled)
        {
            Assert.True(action.Withdraw.Waited >= _sent[action.Withdraw.Request].Call.Timeout, "early");
        }
        if (action.Kind is not (MemberActionKind.PostEnter or MemberActionKind.PostAbort)) return;

        Call call = action.Call!;
        if (_sent.TryGetValue(call.Request, out (Call Call, int Term) before)) Assert.Equal((call, _linkTerm), before);
        else Assert.True(_sent.Count == 0 || call.Request > _sent.Keys.Max(), "numbers ascend");
        _sent[call.Request] = (call, _linkTerm);
    }

    private void CheckEnd(Call call, CallEnd end)
    {
        Assert.True(_calls[call].IsOpen, "a second end");
        bool known = call.Sent && _sent[call.Request].Term == _coordinator.Term;
        switch (end)
        {
            case CallEnd.Answered(Released, var generation):
                Assert.Contains((_linkTerm, call.Session, generation), _coordinator.Released);
                Assert.True(_passed.Add((_linkTerm, call.Session, generation)), "passed the same generation twice");
                break;
            case CallEnd.Cancelled:
                Assert.False(known && _coordinator.OutcomeOf(call.Request) is Released, "released, and yet withdrawn");
                break;
            case CallEnd.Undecided:
                Assert.False(call.Sent && _learned.Contains(call.Request), "the answer was known");
                break;
            case CallEnd.NeverReached:
                Assert.False(call.Sent, "a server was reached");
                Assert.True(_now - call.Started >= call.Timeout, "early");
                break;
            case CallEnd.Refused:
                Assert.False(call.Sent, "whatever was sent is undecided");
                break;
        }
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
}

/// <summary>What can happen to a member.</summary>
internal enum Move
{
    Enter,
    Abort,
    Cancel,
    Dispose,
    Wait,
    Serve,
    AskForRosters,
    Release,
    Deliver,
    Seat,
    Fail,
    Refuse,
    TakeSeatBack,
    Down,
    Stall,
    Close,
    Restart,
}
