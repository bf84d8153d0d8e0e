using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One event being applied: when it happens, and the effects it has.</summary>
internal readonly ref struct Turn(TimeSpan now, List<Effect> effects)
{
    public TimeSpan Now { get; } = now;

    /// <summary>Ends a request with an outcome; the answer is kept until it is acknowledged.</summary>
    public void Answer(Request request, Outcome outcome, bool shared = false)
    {
        request.Outcome = outcome;
        Repeat(request, shared);
    }

    /// <summary>Sends the answer of a request that has one (again).</summary>
    public void Repeat(Request request, bool shared = false)
    {
        if (request.Agent.Link == 0) return;
        effects.Add(new Effect(
            EffectKind.Answer,
            request.Agent.Link,
            request.Member.Id,
            request.Id,
            request.Session.Key,
            request.DecidedRound,
            request.Outcome,
            request.From,
            shared));
    }

    public void Seat(long link, Member member) => effects.Add(new Effect(EffectKind.Seat, link, member.Id));

    public void Refuse(long link, string member, RefuseReason reason, string text) =>
        effects.Add(new Effect(EffectKind.Refuse, link, member, Refusal: reason, Text: text));

    public void Evict(long link, string member, string text) =>
        effects.Add(new Effect(EffectKind.Evict, link, member, Refusal: RefuseReason.Replaced, Text: text));

    public void Probe(Member member) => effects.Add(new Effect(EffectKind.Probe, member.Link, member.Id));

    public void Confirm(Member member) => effects.Add(new Effect(EffectKind.Confirm, member.Link, member.Id));

    public void Keep(KeptFact fact) => effects.Add(new Effect(EffectKind.Keep, 0, "", Fact: fact));

    public void Note(string member, string text) => effects.Add(new Effect(EffectKind.Note, 0, member, Text: text));
}
