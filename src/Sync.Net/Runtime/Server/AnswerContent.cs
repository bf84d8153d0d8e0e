using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>What one answer, or the same answer to many, says; encoded when the first connection needs it.</summary>
/// <remarks>It is used again for another answer once its turn is over; what outlives that is its frames and the outcome.</remarks>
internal sealed class AnswerContent(Term term, int maxFrameBytes)
{
    private Outcome _source = null!;
    private Roster? _from;
    private byte[][]? _parts;
    private byte[]? _decision;

    /// <summary>Says what the effect says.</summary>
    /// <param name="number">Unique within the group; never 0.</param>
    /// <param name="effect">An answer.</param>
    public AnswerContent Begin(long number, in Effect effect)
    {
        Number = number;
        _source = effect.Outcome!;
        _from = effect.From;
        Session = effect.Session;
        Generation = effect.Generation;
        Outcome = ResultParts.Only(_source, _from);
        return this;
    }

    /// <summary>Its turn is over: it refers to nothing any more.</summary>
    public void Forget()
    {
        _source = Outcome = null!;
        (_from, _parts, _decision) = (null, null, null);
    }

    /// <summary>Unique within the group; never 0.</summary>
    public long Number { get; private set; }

    public SessionKey Session { get; private set; }

    public long Generation { get; private set; }

    /// <summary>The outcome with the contributions that were asked for.</summary>
    public Outcome Outcome { get; private set; } = null!;

    /// <summary>The frames that precede the answer: contributions too large to go in it.</summary>
    public byte[][] Parts => _parts ??= ResultParts.Encode(term, this, maxFrameBytes);

    /// <summary>The outcome as the answer frame carries it, without what the parts carry.</summary>
    public Outcome Tail => Parts.Length == 0 ? Outcome : ResultParts.WithoutContributions(Outcome);

    /// <summary>The frame for everybody.</summary>
    public byte[] Decision => _decision ??= FrameBytes.Of(term, new DecisionFrame(Session, Generation, Tail));

    public byte[] AnswerTo(long request) => FrameBytes.Of(term, new AnswerFrame(request, Session, Generation, Tail));

    /// <summary>Whether the effect tells the same.</summary>
    public bool Serves(in Effect effect) =>
        ReferenceEquals(_source, effect.Outcome)
        && Generation == effect.Generation
        && (ReferenceEquals(_from, effect.From) || (_from is not null && effect.From is not null && _from.SameAs(effect.From)))
        && Session == effect.Session;
}
