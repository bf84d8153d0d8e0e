using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>
/// The one-line message of a failure: what happened, who was there, who was missing and where last seen, and the
/// remedy where there is one. Payloads and keys never appear; long lists are cut here and only here.
/// </summary>
internal static class FailureText
{
    public static string Of(SyncFailure failure)
    {
        string subject = failure.SessionKey is { } key ? $"{Name(key)}: " : "";
        string text = $"{subject}{Cause(failure)}{Missing(failure)}.";
        return failure.Hint is { Length: > 0 } hint ? $"{text} {Sentence(hint)}" : text;
    }

    public static string Name(SessionKey key) => key.ToString();

    private static string Cause(SyncFailure f) => f.Kind switch
    {
        SyncFailureKind.Timeout => TimedOut(f),
        SyncFailureKind.MemberLost => $"{Culprit(f)} was lost{Because(f)}{Count(f)}",
        SyncFailureKind.MemberLeft => $"{Culprit(f)} left the group{Because(f)}{Count(f)}",
        SyncFailureKind.MemberFailed => $"{Culprit(f)} failed{Because(f)}{Count(f)}",
        SyncFailureKind.Aborted => $"{Culprit(f)} aborted{Because(f)}{Count(f)}",
        SyncFailureKind.Mismatch => $"{Mismatch(f)}{Count(f)}",
        SyncFailureKind.Deadlock => $"every member waits and no wait can be met{Because(f)}{Count(f)}",
        SyncFailureKind.Cleared => $"cleared by {f.Culprit ?? "an operator"}{Because(f)}{Count(f)}",
        SyncFailureKind.ServerLost =>
            $"the server{At(f)} was lost before its decision was learned, after {Elapsed.Of(f.Elapsed)}{Because(f)}: undecided, others may have passed",
        SyncFailureKind.Refused => $"{f.Self} was refused{(f.Endpoint is null ? "" : $" by the server{At(f)}")}{Because(f)}",
        SyncFailureKind.Payload => Payload(f),
        _ => $"failed{Because(f)}{Count(f)}",
    };

    private static string TimedOut(SyncFailure f)
    {
        string within = $"within {Elapsed.Of(f.Elapsed)}";
        if (f.Unreached) return $"no server was reached{At(f)} {within}{Because(f)}";
        // Of a bare count it is not known who is missing, so that the reason says how many are.
        if (f.SessionKey is { Kind: SessionKind.Count } && f.Missing.Count == 0) return $"not met {within}{Because(f)}";
        string text = f.Expected.Count == 0 ? $"nobody to meet came {within}" : $"{f.Arrived.Count} of {f.Expected.Count} {Did(f)} {within}";
        // The own deadline is what the text says already; another member's is why it came early.
        return f.Culprit is { } culprit && culprit != f.Self ? $"{text}, when {Reason(f) ?? $"{culprit} gave up"}" : text;
    }

    private static string Mismatch(SyncFailure f) => (f.Culprit, Reason(f)) switch
    {
        (null, null) => "the members do not ask for the same",
        (null, { } reason) => $"the members do not ask for the same ({reason})",
        ({ } culprit, null) => $"{culprit} does not ask for the same as the others",
        ({ } culprit, { } reason) => $"{culprit} does not ask for the same as the others ({reason})",
    };

    private static string Payload(SyncFailure f) =>
        $"what {(f.Culprit is null || f.Culprit == f.Self ? $"{f.Self} (this member)" : f.Culprit)} gave {Reason(f) ?? "could not be read"}";

    private static string Count(SyncFailure f) => f.Expected.Count == 0
        ? $", after {Elapsed.Of(f.Elapsed)}"
        : $"; {f.Arrived.Count} of {f.Expected.Count} had {(IsData(f) ? "taken part" : "arrived")} after {Elapsed.Of(f.Elapsed)}";

    private static string Missing(SyncFailure f) => f.Missing.Count == 0 ? "" : $"; missing: {NameList.Of(f.Missing)}";

    private static string Culprit(SyncFailure f) => f.Culprit ?? "a member";

    private static string At(SyncFailure f) => f.Endpoint is null ? "" : $" at {f.Endpoint}";

    private static string Because(SyncFailure f) => Reason(f) is { } reason ? $" ({reason})" : "";

    private static string? Reason(SyncFailure f) => string.IsNullOrWhiteSpace(f.Reason) ? null : OneLine.Of(f.Reason).TrimEnd('.');

    private static string Did(SyncFailure f) => IsData(f) ? "took part" : "arrived";

    private static bool IsData(SyncFailure f) => f.SessionKey is { Kind: SessionKind.Data };

    private static string Sentence(string hint)
    {
        // Not capitalised: it may begin with an id.
        string line = OneLine.Of(hint);
        return line[^1] is '.' or '!' or '?' or '…' ? line : line + ".";
    }
}
