using System.Globalization;

namespace Sync.Net.Runner.Engine;

/// <summary>One member as it was added: a copy that nobody changes any more.</summary>
internal sealed record MemberPlan
{
    public required string Id { get; init; }

    public required string? Role { get; init; }

    public required bool Essential { get; init; }

    public required RunHost Host { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public required Func<SyncGroup, CancellationToken, Task>? Action { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string? WorkingFolder { get; init; }

    public required StartCondition? StartAfter { get; init; }

    public required TimeSpan? Timeout { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> Collect { get; init; }

    /// <summary>The command, for people.</summary>
    public string? CommandText => Command.Count == 0 ? null : string.Join(' ', Command);

    /// <summary>A member with a count is several, whose ids are numbered from 1.</summary>
    public static IEnumerable<MemberPlan> Of(RunMember member) => member.Count == 1
        ? [One(member, member.Id)]
        : Enumerable.Range(1, member.Count).Select(number => One(member, string.Create(CultureInfo.InvariantCulture, $"{member.Id}{number}")));

    private static MemberPlan One(RunMember member, string id) => new()
    {
        Id = id,
        Role = member.Role,
        Essential = member.Essential,
        Host = member.Host,
        Command = [.. member.Command],
        Action = member.Action,
        Environment = new Dictionary<string, string>(member.Environment, StringComparer.Ordinal),
        WorkingFolder = member.WorkingFolder,
        StartAfter = member.StartAfter,
        Timeout = member.Timeout,
        Files = [.. member.Files],
        Collect = [.. member.Collect],
    };
}
