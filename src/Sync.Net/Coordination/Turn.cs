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
        if (request.Number != 0) End(request, outcome);
        Repeat(request, shared);
    }

    /// <summary>Tells who looks on that a request has begun.</summary>
    public void Begin(Request request, ReadOnlyMemory<byte>? data) => effects.Add(new Effect(
        EffectKind.Began,
        0,
        request.Member.Id,
        request.Number,
        request.Session.Key,
        Sight: new Sight(request.Act, request.Member.State, request.Member.Role, Data: data)));

    /// <summary>Tells who looks on that a request has ended.</summary>
    public void End(Request request, Outcome outcome) => effects.Add(new Effect(
        EffectKind.Ended,
        0,
        request.Member.Id,
        request.Number,
        request.Session.Key,
        request.DecidedRound,
        outcome,
        Sight: new Sight(request.Act, request.Member.State, request.Member.Role, Now - request.Since)));

    /// <summary>Tells who looks on of a member's state.</summary>
    public void Become(Member member) => effects.Add(new Effect(
        EffectKind.Became, 0, member.Id, Text: member.LossReason, Sight: new Sight(default, member.State, member.Role)));

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

    public void Note(string member, string text) => effects.Add(new Effect(EffectKind.Note, 0, member, Text: text));
}
