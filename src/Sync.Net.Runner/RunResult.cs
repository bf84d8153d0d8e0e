using System.Text.Json.Serialization;

namespace Sync.Net.Runner;

/// <summary>What became of a run: all that its folder's <c>results.json</c> holds.</summary>
public sealed class RunResult
{
    /// <summary>The run's name.</summary>
    public required string Name { get; init; }

    /// <summary>The group that its members met in: unique to this run.</summary>
    public required string Group { get; init; }

    /// <summary>The total: the worst of the members that failed by themselves, or else of all; <see cref="Verdict.Warn"/> and <see cref="Verdict.Skip"/> count as passed.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>One line that says why it did not pass; null if it did.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began, by the runner's clock.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, by the runner's clock.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>The members, in order of their numbers.</summary>
    public required IReadOnlyList<MemberResult> Members { get; init; }

    /// <summary>Every wait of every member, in the order in which they began.</summary>
    public IReadOnlyList<WaitRecord> Waits { get; init => field = value ?? []; } = [];

    /// <summary>What happened to the members, in the coordinator's order.</summary>
    public IReadOnlyList<MemberChange> Changes { get; init => field = value ?? []; } = [];

    /// <summary>The format that this version writes and reads.</summary>
    internal const int LatestFormat = 1;

    /// <summary>The format of the file.</summary>
    [JsonInclude]
    [JsonPropertyOrder(-1)]
    internal int Format { get; init; } = LatestFormat;

    /// <summary>Whether all is well: <see cref="Verdict.Pass"/>, <see cref="Verdict.Warn"/> or <see cref="Verdict.Skip"/>.</summary>
    [JsonIgnore]
    public bool Passed => Verdict is Verdict.Pass or Verdict.Warn or Verdict.Skip;
}
