namespace Sync.Net.TestMember.Protocol;

/// <summary>What a call threw.</summary>
internal sealed record CallFailure
{
    /// <summary>The exception's type, without its namespace.</summary>
    public required string Type { get; init; }

    public required string Message { get; init; }

    /// <summary>For a cancellation: it carries the caller's own token.</summary>
    public bool OwnToken { get; init; }

    /// <summary>How long the call had run, by the caller's clock.</summary>
    public double RanMs { get; init; }

    /// <summary>The facts of a failed wait; null for misuse, cancellation and disposal.</summary>
    public FailureFacts? Facts { get; init; }
}

/// <summary>The library's own account of a failed wait.</summary>
internal sealed record FailureFacts
{
    public required SyncFailureKind Kind { get; init; }

    public string? Session { get; init; }

    public long Generation { get; init; }

    public required string Self { get; init; }

    public required IReadOnlyList<string> Expected { get; init; }

    public required IReadOnlyList<string> Arrived { get; init; }

    public required IReadOnlyList<MissingFacts> Missing { get; init; }

    public string? Culprit { get; init; }

    public string? Reason { get; init; }

    public string? Hint { get; init; }

    public double ElapsedMs { get; init; }

    public string? Endpoint { get; init; }

    public bool Undecided { get; init; }
}

internal sealed record MissingFacts(string Id, MemberState State, double? LastSeenAgoMs, string? LastSeenIn);
