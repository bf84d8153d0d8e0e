using System.Text;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>One request of a member, and the answers that reached it.</summary>
internal sealed class Wait(string member, Guid incarnation, long request, SessionKey session)
{
    public string Member { get; } = member;

    public Guid Incarnation { get; } = incarnation;

    public long Request { get; } = request;

    public SessionKey Session { get; } = session;

    public List<(Outcome Outcome, long Generation)> Answers { get; } = [];

    public bool IsOpen => Answers.Count == 0;

    /// <summary>How it ended; a request that was not sent again has exactly one answer.</summary>
    public Outcome Outcome => Assert.Single(Answers).Outcome;

    public long Generation => Answers[^1].Generation;

    public Released Released => Assert.IsType<Released>(Outcome);

    public Failed Failed => Assert.IsType<Failed>(Outcome);

    /// <summary>Whose data came along, as text: a=1 b=- (nothing given).</summary>
    public string Data => string.Join(' ', Released.Contributions!.Select(each => $"{each.Member}={Text(each.Data)}"));

    public Failed FailedWith(SyncFailureKind kind, string? culprit = null)
    {
        Assert.Equal(kind, Failed.Kind);
        if (culprit is not null) Assert.Equal(culprit, Failed.Culprit);
        return Failed;
    }

    private static string Text(ReadOnlyMemory<byte>? data) => data is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "-";
}
