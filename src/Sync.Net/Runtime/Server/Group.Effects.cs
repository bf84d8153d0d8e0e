using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Group
{
    /// <summary>Does what the coordinator wants, in its order. Effects may call for more events, which add effects at the end.</summary>
    private void CarryOut(Batch batch)
    {
        try
        {
            CountSharedAnswers();
            for (int i = 0; i < _effects.Count; i++) CarryOut(_effects[i], batch);
            if (_coordinator.NextTick is { } at) _server.Timer.WakeAt(at);
            RetireIfIdle();
        }
        finally
        {
            _effects.Clear();
            _contents.Clear();
        }
    }

    private void CarryOut(in Effect effect, Batch batch)
    {
        if (effect.Kind == EffectKind.Note)
        {
            batch.Note(effect.Member, effect.Text!);
            return;
        }
        if (effect.Sight is not null)
        {
            Show(effect, effect.Sight);
            return;
        }
        if (!_links.TryGetValue(effect.Link, out GroupLink? link)) return;

        batch.Touch(link);
        switch (effect.Kind)
        {
            case EffectKind.Answer:
                Answer(link, effect);
                break;
            case EffectKind.Seat:
                link.OnSeated();
                break;
            case EffectKind.Refuse:
                Detach(link);
                link.OnRefused(effect.Refusal, effect.Text!);
                break;
            case EffectKind.Evict:
                Detach(link);
                link.OnEvicted(effect.Text!, _joining?.Member == link.Member && _joining.Incarnation == link.Incarnation && _joining.Command == link.Command);
                break;
            case EffectKind.Probe:
                Probe(link, recentlyIsEnough: false);
                break;
            case EffectKind.Confirm:
                Probe(link, recentlyIsEnough: true);
                break;
        }
    }

    private void Show(in Effect effect, Sight sight) => _server.Lookout?.Tell(new Happening(
        effect.Kind switch { EffectKind.Began => HappeningKind.Began, EffectKind.Ended => HappeningKind.Ended, _ => HappeningKind.Changed },
        _server.WallNow,
        Name,
        effect.Member,
        sight.Role,
        sight.State,
        effect.Text,
        effect.Request,
        effect.Session,
        sight.Act,
        effect.Generation,
        effect.Outcome,
        sight.Waited,
        sight.Data));

    private void Answer(GroupLink link, in Effect effect)
    {
        AnswerContent content = ContentOf(effect);
        // With a wish for some members' data, the frame for all would also answer this member's other waits.
        if (effect.Shared && (effect.From is null || link.SharedAnswers == 1)) link.OnDecision(effect.Request, content);
        else link.OnAnswer(effect.Request, content);
        if (link.IsLocal) _coordinator.Apply(new Acknowledge(link.Member, link.Agent, effect.Request), _server.Now, _effects);
    }

    private void Probe(GroupLink link, bool recentlyIsEnough)
    {
        TimeSpan now = _server.Now;
        if (link.OnProbed(now, recentlyIsEnough)) _coordinator.Apply(new Alive(link.Number), now, _effects);
        else link.IsProbed = true;
    }

    /// <summary>The content that was made for an earlier effect of this turn, or a new one.</summary>
    private AnswerContent ContentOf(in Effect effect)
    {
        // From the end: the effects of one decision follow each other.
        for (int i = _contents.Count - 1; i >= 0; i--)
        {
            if (_contents[i].Serves(effect)) return _contents[i];
        }
        var content = new AnswerContent(++_lastContent, _server.Term, _server.Limits.MaxFrameBytes, effect);
        _contents.Add(content);
        return content;
    }

    /// <summary>Counts each link's shared answers, if any of them wants only some members' data.</summary>
    private void CountSharedAnswers()
    {
        if (!_effects.Exists(static effect => effect.From is not null)) return;
        foreach (Effect effect in _effects)
        {
            if (_links.TryGetValue(effect.Link, out GroupLink? link)) link.SharedAnswers = 0;
        }
        foreach (Effect effect in _effects)
        {
            if (effect.Shared && _links.TryGetValue(effect.Link, out GroupLink? link)) link.SharedAnswers++;
        }
    }
}
