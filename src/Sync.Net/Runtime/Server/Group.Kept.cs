using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

// With a store: what an event causes is carried out when its facts are written, and so is what later events cause, because those may have
// seen what it changed. Without facts on their way all goes its usual path.
internal sealed partial class Group
{
    private readonly Journal? _journal;
    private readonly Queue<PendingTurn> _pending = [];
    private readonly List<Effect> _now = [];

    /// <summary>The members are told that the server stops, after what is pending.</summary>
    private bool _isClosingPending;

    private bool _hasFailed;

    /// <summary>Begins where an earlier server ended, before anybody can join.</summary>
    public void Restore(IReadOnlyList<KeptFact> facts)
    {
        _coordinator.Restore(facts, _server.Now);
        RetireIfIdle();
    }

    /// <summary>The facts of a turn are written; everything that waited for nothing else is carried out.</summary>
    public void GoOn(PendingTurn turn)
    {
        Batch batch = Rent();
        lock (_gate)
        {
            turn.IsWritten = true;
            while (_pending.TryPeek(out PendingTurn? next) && next.IsWritten)
            {
                _pending.Dequeue();
                _joining = next.Joining;
                CarryOut(next.Effects, batch);
                _joining = null;
            }
            CarryOut(batch);
            if (_isClosingPending && _pending.Count == 0) TellClosing(batch);
        }
        Flush(batch);
    }

    /// <summary>What is kept can't be written: nothing is told any more but that.</summary>
    public void Fail(Batch batch, string text)
    {
        lock (_gate)
        {
            _isClosed = _hasFailed = true;
            _pending.Clear();
            foreach (GroupLink link in _links.Values)
            {
                link.OnRefused(RefuseReason.Limit, text);
                batch.Touch(link);
            }
        }
    }

    /// <summary>Again and again, because what a local member is told may call for more events.</summary>
    private void CarryOutWhatIsWritten(Batch batch)
    {
        while (_effects.Count > 0 && !PutOff())
        {
            _now.AddRange(_effects);
            _effects.Clear();
            CarryOut(_now, batch);
        }
    }

    /// <summary>Puts the effects off until what they rest on is written; false when they rest on nothing.</summary>
    private bool PutOff()
    {
        if (_journal is null) return false;
        List<KeptFact>? facts = null;
        foreach (Effect effect in _effects)
        {
            if (effect.Kind == EffectKind.Keep) (facts ??= []).Add(effect.Fact!);
        }
        if (facts is null && _pending.Count == 0) return false;
        var turn = new PendingTurn(this, [.. _effects.Where(static effect => effect.Kind != EffectKind.Keep)], _joining) { IsWritten = facts is null };
        _effects.Clear();
        _pending.Enqueue(turn);
        if (facts is not null) _journal.Write(turn, facts);
        return true;
    }

    private void TellClosing(Batch batch)
    {
        _isClosingPending = false;
        foreach (GroupLink link in _links.Values)
        {
            link.OnClosing();
            batch.Touch(link);
        }
    }
}
