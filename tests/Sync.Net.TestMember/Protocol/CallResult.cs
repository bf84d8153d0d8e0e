namespace Sync.Net.TestMember.Protocol;

/// <summary>What a call returned.</summary>
internal sealed record CallResult
{
    public MeetingFacts? Meeting { get; init; }

    /// <summary>What a Try call returned.</summary>
    public bool? Met { get; init; }

    /// <summary>Who gave what, each value as text.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    public IReadOnlyList<string>? WithoutData { get; init; }

    public IReadOnlyList<MessageFacts>? Messages { get; init; }

    public IReadOnlyList<GroupMemberFacts>? Members { get; init; }

    /// <summary>The code of a counted barrier, and who was counted.</summary>
    public int? Code { get; init; }

    public IReadOnlyList<string>? Counted { get; init; }

    public string? Endpoint { get; init; }

    public RoundFacts? Rounds { get; init; }

    public long? Bytes { get; init; }
}

/// <summary>A meeting that took place.</summary>
internal sealed record MeetingFacts
{
    public required string Session { get; init; }

    public required long Generation { get; init; }

    public required string Self { get; init; }

    public required string Master { get; init; }

    public required int Count { get; init; }

    public required IReadOnlyList<ArrivalFacts> Arrivals { get; init; }

    public string? Straggler { get; init; }

    public required IReadOnlyList<LossFacts> Lost { get; init; }

    public required double WaitedMs { get; init; }

    public double? SpreadMs { get; init; }
}

internal sealed record ArrivalFacts(string Member, int Order, double WaitedMs);

internal sealed record LossFacts(string Member, string Reason, double LastSeenAgoMs, string? LastSeenIn);

/// <summary>Many meetings in one command.</summary>
/// <param name="FirstGeneration">The generation of the first.</param>
/// <param name="LastGeneration">The generation of the last.</param>
/// <param name="Met">How many took place, each with the right generation and the right values.</param>
/// <param name="SlowestMs">The longest of them.</param>
internal sealed record RoundFacts(long FirstGeneration, long LastGeneration, int Met, double SlowestMs);

/// <summary>A message of a group.</summary>
internal sealed record MessageFacts(string Sender, string? Role, IReadOnlyDictionary<string, string> Data);

internal sealed record GroupMemberFacts(string Id, string? Role, MemberState State);
