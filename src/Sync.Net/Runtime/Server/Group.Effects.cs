using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Group
{
    /// <summary>Does what the coordinator wants, in its order. Effects may call for more events, which add effects at the end.</summary>
    private void CarryOut(Batch batch)
    {
        if (_journal is null) CarryOut(_effects, batch);
        else CarryOutWhatIsWritten(batch);
        if (_coordinator.NextTick is { } at) _server.Timer.WakeAt(at);
        RetireIfIdle();
    }

    private void CarryOut(List<Effect> effects, Batch batch)
    {
        try
        {
            CountSharedAnswers(effects);
            for (int i = 0; i < effects.Count; i++) CarryOut(effects[i], batch);
        }
        finally
        {
            effects.Clear();
            ForgetContents();
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
        AnswerContent content = _spareContent ?? new AnswerContent(_server.Term, _server.Limits.MaxFrameBytes);
        _spareContent = null;
        _contents.Add(content.Begin(++_lastContent, effect));
        return content;
    }

    private void ForgetContents()
    {
        if (_contents.Count == 0) return;
        _spareContent = _contents[^1];
        _spareContent.Forget();
        _contents.Clear();
    }

    /// <summary>Counts each link's shared answers, if any of them wants only some members' data.</summary>
    private void CountSharedAnswers(List<Effect> effects)
    {
        if (!effects.Exists(static effect => effect.From is not null)) return;
        foreach (Effect effect in effects)
        {
            if (_links.TryGetValue(effect.Link, out GroupLink? link)) link.SharedAnswers = 0;
        }
        foreach (Effect effect in effects)
        {
            if (effect.Shared && _links.TryGetValue(effect.Link, out GroupLink? link)) link.SharedAnswers++;
        }
    }
}
