using System.Threading.Channels;
using Sync.Net.Runtime;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>What a link told its member.</summary>
internal abstract record Told
{
    internal sealed record Seated(Term Term) : Told;

    internal sealed record Answer(long Request, long Generation, Outcome Outcome) : Told;

    internal sealed record Decision(SessionKey Session, long Generation, Outcome Outcome) : Told;

    internal sealed record NeedRoster(long Request) : Told;

    internal sealed record Closing : Told;

    internal sealed record Refused(RefuseReason Reason, string Text) : Told;

    internal sealed record Down(bool Stalled, string Reason) : Told;
}

internal sealed class RecordingSink : IMemberSink
{
    private readonly Channel<Told> _told = Channel.CreateUnbounded<Told>();

    /// <summary>What the member does when it is asked for a roster.</summary>
    public Action<IMemberLink, long>? WhenRosterIsNeeded { get; set; }

    public bool HasMore => _told.Reader.TryPeek(out _);

    public async Task<TTold> NextAsync<TTold>()
        where TTold : Told =>
        Assert.IsType<TTold>(await _told.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon());

    public void OnSeated(IMemberLink link, Term term) => Add(new Told.Seated(term));

    public void OnAnswer(IMemberLink link, long request, long generation, Outcome outcome) => Add(new Told.Answer(request, generation, outcome));

    public void OnDecision(IMemberLink link, SessionKey session, long generation, Outcome outcome) =>
        Add(new Told.Decision(session, generation, outcome));

    public void OnNeedRoster(IMemberLink link, long request)
    {
        Add(new Told.NeedRoster(request));
        WhenRosterIsNeeded?.Invoke(link, request);
    }

    public void OnClosing(IMemberLink link) => Add(new Told.Closing());

    public void OnRefused(IMemberLink? link, RefuseReason reason, string text) => Add(new Told.Refused(reason, text));

    public void OnDown(IMemberLink link, bool stalled, string reason) => Add(new Told.Down(stalled, reason));

    private void Add(Told told) => _told.Writer.TryWrite(told);
}
