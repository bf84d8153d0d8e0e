using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>
/// All kinds of sessions in one group: applies moves, and checks each answer by what is plainly known: who waits, who gave,
/// and what was sent, counted or set so far.
/// </summary>
internal sealed class MixedPlay
{
    private static readonly string[] Members = ["a", "b", "c"];

    private readonly string _lines;
    private GroupDriver _group;
    private readonly MixedFacts _facts = new(Members);
    private readonly List<Wait> _waits = [];
    private readonly Dictionary<Wait, int> _answers = [];
    private readonly Dictionary<(SessionKey, long), Outcome> _decided = [];
    private readonly HashSet<Wait> _void = [];
    private readonly HashSet<string> _away = [];

    public MixedPlay(bool essential, bool isKept = false)
    {
        _lines = essential ? "a=client b=server c=client !server" : "a=client b=server c=client";
        _group = GroupDriver.Closed("a b c", _lines, options: isKept ? GroupDriver.Keeping : null);
        foreach (string member in Members) _group.WithholdAcknowledgements(member);
    }

    public IReadOnlyList<Effect> History => _group.History;

    public MixedPlay Run(IEnumerable<MixedMove> moves)
    {
        foreach (MixedMove move in moves)
        {
            _group.Advance(0.1);
            Apply(move, Members[move.Member % Members.Length]);
            Check();
        }
        return this;
    }

    /// <summary>A last start of each member leaves: nothing is kept for anybody.</summary>
    public void End()
    {
        foreach (string member in Members)
        {
            if (!_away.Contains(member)) _group.Depart(member);
            _group.Restart(member);
        }
        foreach (string member in Members) _group.Leave(member);
        Assert.Equal(0, _group.Coordinator.KeptRequests);
        _group.Advance(60);
        Assert.True(_group.Coordinator.IsIdle);
        Assert.InRange(_group.Coordinator.KeptRounds, 0, MixedFacts.RoundsThatMayStay);
    }

    private void Apply(MixedMove move, string member)
    {
        bool isHere = !_away.Contains(member);
        switch (move.Kind)
        {
            case MixedMoveKind.Ask when isHere:
                Ask(member, move.Choice);
                break;
            case MixedMoveKind.Withdraw when isHere && OpenOf(member) is { Length: > 0 } open:
                Wait taken = open[move.Choice % open.Length];
                _facts.Stop(taken);
                _group.Withdraw(taken, (WithdrawReason)(move.Choice % 3));
                Assert.False(taken.IsOpen);
                break;
            case MixedMoveKind.Fail when isHere:
                _facts.Gone(member, failed: true);
                New(_group.Fail(member, "no"));
                break;
            case MixedMoveKind.Abort when isHere:
                New(move.Choice % 2 == 0 ? _group.AbortAll(member, "no") : _group.Abort(member, "meet", "no", "a b c"));
                break;
            case MixedMoveKind.Lose when isHere:
                _facts.Gone(member);
                _group.Lose(member);
                _away.Add(member);
                break;
            case MixedMoveKind.Depart when isHere:
                _facts.Gone(member);
                _group.Depart(member, left: move.Choice % 2 == 0);
                _void.UnionWith(_waits.Where(each => each.Member == member));
                _away.Add(member);
                break;
            case MixedMoveKind.Restart when !isHere:
                _void.UnionWith(_waits.Where(each => each.Member == member));
                _group.Restart(member);
                _facts.Back(member, isNew: true);
                _away.Remove(member);
                break;
            case MixedMoveKind.Return when Of(member).Any():
                Return(member);
                break;
            case MixedMoveKind.Acknowledge when isHere:
                foreach (Wait heard in Of(member).Where(static each => !each.IsOpen).ToArray())
                {
                    _group.Acknowledge(heard);
                    _void.Add(heard);
                }
                break;
            case MixedMoveKind.Silence when isHere:
                _group.Silence(member, 10);
                if (move.Choice % 2 == 0) _group.Hear(member);
                break;
            case MixedMoveKind.ShowLife when isHere:
                _group.ShowLife(member);
                break;
            case MixedMoveKind.RestartServer:
                RestartServer();
                break;
            case MixedMoveKind.Declare when isHere && New(_group.TryDeclare(member, _lines)) is { Outcome: Released }:
                _facts.Declared.Add(member);
                break;
        }
    }

    /// <summary>Nobody learns how the open waits would have ended, and only what was kept is there afterwards.</summary>
    private void RestartServer()
    {
        _void.UnionWith(_waits);
        _decided.Clear();
        string[] here = [.. Members.Where(each => !_away.Contains(each))];
        _facts.ServerRestarted(here);
        _group = _group.NextServer(string.Join(' ', here));
        foreach (string member in Members) _group.WithholdAcknowledgements(member);
    }

    private void Ask(string member, int choice)
    {
        EnterFlags flags = (choice / 16 % 6) switch { 0 => EnterFlags.WaitForReturn, 1 => EnterFlags.Quiet, 2 => EnterFlags.ExcludeSelf, _ => EnterFlags.None };
        int number = 1 + (choice % 3);
        bool waitsForStates = choice / 16 % 2 == 0;
        string? butFor = flags.HasFlag(EnterFlags.ExcludeSelf) ? member : null;
        MixedAsk ask = (choice % 16) switch
        {
            0 or 1 => new MixedAsk("meet", static (facts, _) => facts.AllWait("meet")),
            2 => new MixedAsk("seats", static (facts, _) => facts.AllWait("seats")),
            3 or 4 => new MixedAsk("data", static (facts, _) => facts.AllGave()) { Gives = true },
            5 or 6 => new MixedAsk("x", static (facts, _) => facts.CountIsMet()) { Counts = -1 },
            7 => new MixedAsk("x", static (facts, _) => facts.CountIsMet()) { Counts = number },
            8 => new MixedAsk("x", static (_, _) => true) { Counts = number, IsCredit = true },
            9 => new MixedAsk("m", static (_, _) => true) { Sends = true },
            10 => new MixedAsk("m", (facts, _) => facts.HasSent(butFor)),
            11 => new MixedAsk("m", (facts, _) => facts.AllHaveSent(1, butFor)),
            12 or 13 => new MixedAsk("m", static (facts, round) => facts.AllHaveSent(round, null)) { Sends = true },
            14 => new MixedAsk("states", static (_, _) => true) { Sets = true },
            _ when waitsForStates => new MixedAsk("states", static (facts, _) => facts.AllAreReady()),
            _ => new MixedAsk("g", static (facts, _) => facts.AllHaveJoined()),
        };
        Wait wait = (choice % 16) switch
        {
            0 or 1 => _group.Enter(member, "meet", "a b c", flags | (choice % 5 == 0 ? EnterFlags.ConfirmRelease : 0)),
            2 => _group.MeetAll(member, "seats", flags),
            3 or 4 => _group.Give(member, "data", "1", "a b c", flags),
            5 or 6 => _group.Count(member, flags: flags),
            7 => _group.Initialize(member, number, flags: flags),
            8 => _group.Add(member, number),
            9 => _group.Send(member, "m"),
            10 => _group.Receive(member, "m", flags: flags),
            11 => _group.ReceiveAll(member, "m", flags: flags),
            12 or 13 => _group.Sync(member, "m", flags: flags),
            14 => _group.SetState(member, "ready"),
            _ when waitsForStates => _group.WaitForStates(member, "a b c", "ready", flags: flags),
            _ => _group.WaitForMembers(member, flags),
        };
        _facts.Asked(ask, wait, IsReplay(wait));
        New(wait);
    }

    private Wait New(Wait wait)
    {
        _waits.Add(wait);
        return wait;
    }

    /// <summary>The same start connects again: what was answered is told once more, and what ended meanwhile for the first time.</summary>
    private void Return(string member)
    {
        Wait[] kept = [.. Of(member)];
        bool wasAway = _away.Remove(member);
        _facts.Back(member, isNew: false);
        _group.Return(member, kept);
        Check();
        foreach (Wait each in kept)
        {
            if (!each.IsOpen) _answers[each]++;
            _group.Resend(each);
            // Data that was given stays, and so does the wait for the others'.
            Assert.False(wasAway && each.IsOpen && each.Session.Kind != SessionKind.Data);
        }
    }

    private IEnumerable<Wait> Of(string member) => _waits.Where(each => each.Member == member && !_void.Contains(each));

    private Wait[] OpenOf(string member) => [.. Of(member).Where(static each => each.IsOpen)];

    private bool IsReplay(Wait wait) => !wait.IsOpen && wait.Generation != 0 && _decided.ContainsKey((wait.Session, wait.Generation));

    private void Check()
    {
        Wait[] ended = [.. _waits.Where(each => !each.IsOpen && !_answers.ContainsKey(each))];
        foreach (Wait wait in ended)
        {
            Outcome outcome = wait.Outcome;
            if (!IsReplay(wait) && outcome is Released) Assert.True(_facts.Holds(wait), $"{wait.Member} was let through {wait.Session}");
        }
        foreach (Wait wait in ended)
        {
            _answers.Add(wait, 1);
            if (wait.Generation == 0 || wait.Session.Kind == SessionKind.Board) continue;
            if (!_decided.TryAdd((wait.Session, wait.Generation), wait.Outcome)) Assert.Same(_decided[(wait.Session, wait.Generation)], wait.Outcome);
        }
        _facts.Settle(ended);
        Assert.All(_answers, each => Assert.Equal(each.Value, each.Key.Answers.Count));
        Assert.InRange(_group.Coordinator.KeptBytes, 0, 200L * _waits.Count);
        Assert.InRange(_group.Coordinator.KeptRequests, 0, _waits.Count + Members.Length);
    }
}
