using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember;

/// <summary>An exception of the library as the protocol's facts.</summary>
internal static class FailureMapping
{
    public static CallFailure From(Exception e, TimeSpan ran, CancellationToken own) => new()
    {
        Type = e.GetType().Name,
        Message = e.Message,
        OwnToken = e is OperationCanceledException cancelled && cancelled.CancellationToken == own,
        RanMs = ran.TotalMilliseconds,
        Facts = e is ISyncFailure { Failure: { } failure } ? From(failure) : null,
    };

    private static FailureFacts From(SyncFailure failure) => new()
    {
        Kind = failure.Kind,
        Session = failure.Session,
        Generation = failure.Generation,
        Self = failure.Self,
        Expected = failure.Expected,
        Arrived = failure.Arrived,
        Missing = [.. failure.Missing.Select(m => new MissingFacts(m.Id, m.State, m.LastSeenAgo?.TotalMilliseconds, m.LastSeenIn))],
        Culprit = failure.Culprit,
        Reason = failure.Reason,
        Hint = failure.Hint,
        ElapsedMs = failure.Elapsed.TotalMilliseconds,
        Endpoint = failure.Endpoint,
        Undecided = failure.Undecided,
    };
}
