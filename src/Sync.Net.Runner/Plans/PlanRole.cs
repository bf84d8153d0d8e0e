namespace Sync.Net.Runner.Plans;

/// <summary>A role of a plan: how many members have it, what they need, and when they start.</summary>
internal sealed class PlanRole
{
    private const int MaxCount = 4096;

    public required string Name { get; init; }

    public required PlanNode Node { get; init; }

    public required int Count { get; init; }

    public bool Essential { get; init; }

    public string? Type { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The one host that it must get, alone.</summary>
    public string? Device { get; init; }

    /// <summary>The host that all its members share with whoever names it too.</summary>
    public string? HostName { get; init; }

    public TimeSpan? Timeout { get; init; }

    public string? WorkingFolder { get; init; }

    public required Dictionary<string, string> Environment { get; init; }

    public IReadOnlyList<string> Files { get; init; } = [];

    public IReadOnlyList<string> Collect { get; init; } = [];

    public required IReadOnlyList<string> Ids { get; init; }

    public PlanStart? Start { get; init; }

    /// <summary>What the role itself says that its members do.</summary>
    public PlanAction? Own { get; init; }

    /// <param name="name">The role.</param>
    /// <param name="entry">What the plan says of it.</param>
    public static PlanRole Read(string name, PlanObject entry)
    {
        IReadOnlyList<string> ids = entry.Texts("ids");
        bool saysCount = entry.Find("count") is not null;
        int count = entry.Number("count", Math.Max(1, ids.Count), 1, MaxCount);
        if (saysCount && ids.Count > 0 && ids.Count != count) entry.Fault(entry.Node.Members["ids"], $"names {ids.Count} members, and count is {count}: leave count out");
        var role = new PlanRole
        {
            Name = name,
            Node = entry.Node,
            Count = count,
            Essential = entry.Flag("essential"),
            Type = PlanHost.TypeOf(entry),
            Tags = entry.Texts("tags"),
            Device = entry.Text("device"),
            HostName = entry.Text("host"),
            Timeout = entry.Duration("timeout"),
            WorkingFolder = entry.Text("workingFolder"),
            Environment = entry.Pairs("environment"),
            Files = entry.Texts("files"),
            Collect = entry.Texts("collect"),
            Ids = ids.Count > 0 ? ids : IdsOf(name, count),
            Start = entry.Find("startAfter") is { } start ? PlanStart.Read(entry.Inner(start)) : null,
            Own = PlanAction.ReadWhatToDo(entry, []),
        };
        if (role.Device is not null && count != 1) entry.Fault(entry.Node.Members["device"], $"fixes one host, so count must be 1, and is {count}: give the others a role of their own, or tags");
        bool hasNeeds = role.Type is not null || role.Tags.Count > 0;
        if (role.HostName is not null && (role.Device is not null || hasNeeds)) entry.Fault(entry.Node.Members["host"], "names the host, so 'device', 'type' and 'tags' have no say: remove them");
        return role;
    }

    private static string[] IdsOf(string name, int count) => count == 1 ? [name] : [.. Enumerable.Range(1, count).Select(n => $"{name}{n}")];
}
