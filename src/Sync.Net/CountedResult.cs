using Sync.Net.Texts;

namespace Sync.Net;

/// <summary>A counted barrier that was met.</summary>
public sealed class CountedResult
{
    internal CountedResult(RendezvousResult meeting, IReadOnlyList<string> counted, int code, IReadOnlyList<string> codeReportedBy)
    {
        Meeting = meeting;
        Counted = counted;
        Code = code;
        CodeReportedBy = codeReportedBy;
    }

    /// <summary>Who met, initialisers that waited included, in which order, and how long it took.</summary>
    public RendezvousResult Meeting { get; }

    /// <summary>Who was counted: the waiters, without the initialisers, in order of arrival.</summary>
    /// <remarks>Look here for a stray. Empty above 64 members, unless <see cref="SyncOptions.IncludeArrivals"/> asks for it.</remarks>
    public IReadOnlyList<string> Counted { get; }

    /// <summary>The largest code that anybody reported; the same for all. 0 as a rule.</summary>
    public int Code { get; }

    /// <summary>Who reported <see cref="Code"/>; empty if it is 0.</summary>
    public IReadOnlyList<string> CodeReportedBy { get; }

    /// <summary>The meeting in one line.</summary>
    /// <returns>For example <c>Counted barrier 'start' (generation 1): 3 met after 1.2 s; c came last, 0.9 s after the first; code 7 by b.</c></returns>
    public override string ToString() => MeetingText.Of(this);
}
