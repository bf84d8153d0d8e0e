using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>What one answer, or the same answer to many, says; encoded when the first connection needs it.</summary>
internal sealed class AnswerContent
{
    private readonly Term _term;
    private readonly int _maxFrameBytes;
    private readonly Outcome _source;
    private readonly Roster? _from;
    private byte[][]? _parts;
    private byte[]? _decision;

    public AnswerContent(long number, Term term, int maxFrameBytes, in Effect effect)
    {
        Number = number;
        _term = term;
        _maxFrameBytes = maxFrameBytes;
        _source = effect.Outcome!;
        _from = effect.From;
        Session = effect.Session;
        Generation = effect.Generation;
        Outcome = ResultParts.Only(_source, _from);
    }

    /// <summary>Unique within the group; never 0.</summary>
    public long Number { get; }

    public SessionKey Session { get; }

    public long Generation { get; }

    /// <summary>The outcome with the contributions that were asked for.</summary>
    public Outcome Outcome { get; }

    /// <summary>The frames that precede the answer: contributions too large to go in it.</summary>
    public byte[][] Parts => _parts ??= ResultParts.Encode(_term, this, _maxFrameBytes);

    /// <summary>The outcome as the answer frame carries it, without what the parts carry.</summary>
    public Outcome Tail => Parts.Length == 0 ? Outcome : ResultParts.WithoutContributions(Outcome);

    /// <summary>The frame for everybody.</summary>
    public byte[] Decision => _decision ??= FrameBytes.Of(_term, new DecisionFrame(Session, Generation, Tail));

    public byte[] AnswerTo(long request) => FrameBytes.Of(_term, new AnswerFrame(request, Session, Generation, Tail));

    /// <summary>Whether the effect tells the same.</summary>
    public bool Serves(in Effect effect) =>
        ReferenceEquals(_source, effect.Outcome)
        && Generation == effect.Generation
        && (ReferenceEquals(_from, effect.From) || (_from is not null && effect.From is not null && _from.SameAs(effect.From)))
        && Session == effect.Session;
}
