using System.Collections.Immutable;

namespace Sync.Net.Runner;

/// <summary>What became of one member of a run.</summary>
public sealed class MemberResult
{
    /// <summary>Its number in the run, from 1; the name of its folder.</summary>
    public required int Number { get; init; }

    /// <summary>Its id.</summary>
    public required string Member { get; init; }

    /// <summary>Its role; null if it has none.</summary>
    public string? Role { get; init; }

    /// <summary>Where it ran, for people.</summary>
    public required string Host { get; init; }

    /// <summary>The command, for people; null for an action of the runner's own process.</summary>
    public string? Command { get; init; }

    /// <summary>The verdict; see <see cref="ChangeVerdict"/>.</summary>
    public required Verdict Verdict { get; set; }

    /// <summary>One line that says why it did not pass; null if it did.</summary>
    public string? Reason { get; set; }

    /// <summary>Its part in the run's failure; settled when the run ends.</summary>
    public FailureShare Share { get; set; }

    /// <summary>What its command ended with; null if it did not end by itself, or is an action.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that killed it; null if none did.</summary>
    public int? Signal { get; init; }

    /// <summary>When it was started, by the runner's clock; null if it never was.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended, by the runner's clock; null if it never started.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What it told by <c>syncnet result K=V</c>; the last value of each key.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init => field = value ?? ImmutableDictionary<string, string>.Empty; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Files that were collected, relative to the run's folder.</summary>
    public IReadOnlyList<string> Files { get; init => field = value ?? []; } = [];

    /// <summary>How its host's clock differs from the runner's; null if that is not known.</summary>
    public ClockOffset? Clock { get; init; }

    /// <summary>Gives another verdict, before the run's total is made (V8).</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="reason">One line; null for <see cref="Verdict.Pass"/>.</param>
    /// <exception cref="ArgumentException">The verdict is no <see cref="Runner.Verdict.Pass"/> and no reason is given.</exception>
    public void ChangeVerdict(Verdict verdict, string? reason = null)
    {
        if (verdict != Verdict.Pass && string.IsNullOrWhiteSpace(reason)) throw new ArgumentException($"A reason is needed for the verdict {verdict}.", nameof(reason));
        Verdict = verdict;
        Reason = reason;
        IsChanged = true;
    }

    /// <summary>The caller gave the verdict, and it stays.</summary>
    internal bool IsChanged { get; private set; }
}
