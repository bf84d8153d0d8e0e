namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>What a session cost.</summary>
internal sealed record SessionCost
{
    public required string Kind { get; init; }

    public required string Session { get; init; }

    /// <summary>How many uses of it there were: generations, or releases where it has none.</summary>
    public required int Uses { get; init; }

    public required int Waits { get; init; }

    /// <summary>How many of them were not met.</summary>
    public required int NotMet { get; init; }

    /// <summary>All waiting times together.</summary>
    public required TimeSpan MemberTime { get; init; }

    /// <summary>How long hosts were held: what members of one host waited at the same time counts once.</summary>
    public required TimeSpan HostTime { get; init; }

    public required TimeSpan Longest { get; init; }

    /// <summary>Who waited that long.</summary>
    public required string LongestMember { get; init; }

    /// <summary>Who came last most often; null if nobody did.</summary>
    public required string? MostOftenLast { get; init; }

    /// <summary>In how many uses.</summary>
    public required int TimesLast { get; init; }
}
