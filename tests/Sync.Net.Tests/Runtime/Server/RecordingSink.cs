using System.Threading.Channels;
using Sync.Net.Runtime;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>Keeps what a local member is told, in order.</summary>
internal sealed class RecordingSink : IMemberSink
{
    private readonly Channel<object> _told = Channel.CreateUnbounded<object>();

    public sealed record Seated(Term Term);

    public sealed record Answered(long Request, long Generation, Outcome Outcome);

    public sealed record Refused(RefuseReason Reason);

    public sealed record Closing;

    public bool HasNews => _told.Reader.TryPeek(out _);

    public async Task<T> NextAsync<T>(CancellationToken token) => Assert.IsType<T>(await _told.Reader.ReadAsync(token));

    /// <summary>What has been told already.</summary>
    public T Next<T>()
    {
        Assert.True(_told.Reader.TryRead(out object? told));
        return Assert.IsType<T>(told);
    }

    public void OnSeated(IMemberLink link, Term term) => _told.Writer.TryWrite(new Seated(term));

    public void OnAnswer(IMemberLink link, long request, long generation, Outcome outcome) =>
        _told.Writer.TryWrite(new Answered(request, generation, outcome));

    public void OnDecision(IMemberLink link, SessionKey session, long generation, Outcome outcome) =>
        throw new InvalidOperationException("A local link names the request.");

    public void OnNeedRoster(IMemberLink link, long request) => throw new InvalidOperationException("A local link takes the roster itself.");

    public void OnClosing(IMemberLink link) => _told.Writer.TryWrite(new Closing());

    public void OnRefused(IMemberLink? link, RefuseReason reason, string text) => _told.Writer.TryWrite(new Refused(reason));

    public void OnDown(IMemberLink link, bool stalled, string reason) => throw new InvalidOperationException("A local link does not go down.");
}
