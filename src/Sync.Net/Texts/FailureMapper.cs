using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>Makes the exception of a failed wait.</summary>
internal static class FailureMapper
{
    /// <summary>The outcome that the coordinator decided.</summary>
    public static Exception ToException(in CallContext call, Failed outcome, Exception? inner = null) => Make(
        call,
        outcome.Kind,
        outcome.Culprit,
        outcome.Reason,
        outcome.Hint,
        inner,
        outcome.Expected,
        outcome.Arrived,
        Members(outcome.Missing));

    /// <summary>The facts alone, for who looks on.</summary>
    public static SyncFailure ToFailure(in CallContext call, Failed outcome) => FailureOf(
        call, outcome.Kind, outcome.Culprit, outcome.Reason, outcome.Hint, outcome.Expected, outcome.Arrived, Members(outcome.Missing), unreached: false);

    /// <summary>The decision was not learned: the server's term ended, or it did not answer at the deadline.</summary>
    public static SyncException ServerLost(in CallContext call, string reason, Exception? inner = null) =>
        (SyncException)Make(call, SyncFailureKind.ServerLost, culprit: null, reason, hint: null, inner);

    /// <summary>The deadline passed before any server was reached: nobody can have passed with this member.</summary>
    /// <param name="call">The call.</param>
    /// <param name="reason">What the last try met with; null if there was none.</param>
    /// <param name="hint">Where to look; null for the usual advice.</param>
    /// <param name="inner">The last try's exception.</param>
    public static SyncTimeoutException Unreachable(in CallContext call, string? reason, string? hint = null, Exception? inner = null) =>
        (SyncTimeoutException)Make(call, SyncFailureKind.Timeout, culprit: null, reason, hint ?? RefusalText.UnreachableHint(call), inner, unreached: true);

    /// <summary>A server did not give this member its seat, or took it back.</summary>
    public static SyncException Refused(in CallContext call, RefuseReason why, string text) =>
        (SyncException)Make(call, SyncFailureKind.Refused, culprit: null, text, RefusalText.HintFor(why, call.Self), inner: null);

    /// <summary>Something else that refuses the call, such as a port held by another program.</summary>
    public static SyncException Refused(in CallContext call, string reason, string? hint, Exception? inner = null) =>
        (SyncException)Make(call, SyncFailureKind.Refused, culprit: null, reason, hint, inner);

    /// <summary>A value could not be written or read; <paramref name="reason"/> continues "what X gave …".</summary>
    public static SyncException Payload(in CallContext call, string culprit, string reason, string? hint = null, Exception? inner = null) =>
        (SyncException)Make(call, SyncFailureKind.Payload, culprit, reason, hint, inner);

    /// <summary>A contribution of another type than the one asked for.</summary>
    public static SyncException WrongContract(in CallContext call, string culprit, string theirs, string ours) => (SyncException)Make(
        call,
        SyncFailureKind.Mismatch,
        culprit,
        $"it gave {OneLine.Of(theirs, 100)}, this member asks for {ours}",
        "Use the same type on all members.",
        inner: null);

    private static GroupMember[] Members(IReadOnlyList<MemberFact> facts) =>
        [.. facts.Select(static fact => new GroupMember(fact.Id, fact.Role, fact.State, fact.LastSeenAgo, fact.LastSeenIn))];

    private static Exception Make(
        in CallContext call,
        SyncFailureKind kind,
        string? culprit,
        string? reason,
        string? hint,
        Exception? inner,
        IReadOnlyList<string>? expected = null,
        IReadOnlyList<string>? arrived = null,
        IReadOnlyList<GroupMember>? missing = null,
        bool unreached = false)
    {
        SyncFailure failure = FailureOf(call, kind, culprit, reason, hint, expected, arrived, missing, unreached);
        string text = FailureText.Of(failure);
        return kind == SyncFailureKind.Timeout ? new SyncTimeoutException(text, failure, inner) : new SyncException(text, failure, inner);
    }

    private static SyncFailure FailureOf(
        in CallContext call,
        SyncFailureKind kind,
        string? culprit,
        string? reason,
        string? hint,
        IReadOnlyList<string>? expected,
        IReadOnlyList<string>? arrived,
        IReadOnlyList<GroupMember>? missing,
        bool unreached) => new()
        {
            Kind = kind,
            SessionKey = call.Session,
            Generation = call.Generation,
            Self = call.Self,
            Expected = expected ?? [],
            Arrived = arrived ?? [],
            Missing = missing ?? [],
            Culprit = culprit,
            Reason = reason,
            Hint = hint,
            Elapsed = call.Waited,
            Endpoint = call.Endpoint,
            Unreached = unreached,
            Undecided = kind == SyncFailureKind.ServerLost,
        };
}
