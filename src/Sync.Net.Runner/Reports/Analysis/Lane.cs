namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>A member's line in the picture.</summary>
internal sealed record Lane
{
    public required string Member { get; init; }

    public string? Role { get; init; }

    public required string Host { get; init; }

    /// <summary>Null for somebody who was in the group but not in the run.</summary>
    public MemberResult? Result { get; init; }

    /// <summary>When its work begins and ends; both null if it did nothing.</summary>
    public DateTimeOffset? Began { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>Indices into the run's waits, in the order in which they began.</summary>
    public required IReadOnlyList<int> Waits { get; init; }
}
