namespace Sync.Net.Runner.Plans;

/// <summary>What a plan says, read and found possible.</summary>
internal sealed record PlanModel
{
    public required PlanNode Root { get; init; }

    public required string Source { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<PlanRole> Roles { get; init; }

    public required IReadOnlyList<PlanAction> Actions { get; init; }

    /// <summary>The host of each member, by its id.</summary>
    public IReadOnlyDictionary<string, RunHost> Hosts { get; init; } = new Dictionary<string, RunHost>();

    public TimeSpan? Timeout { get; init; }

    public string? Listen { get; init; }

    public string? Advertise { get; init; }

    public string? Endpoint { get; init; }

    public string? Master { get; init; }

    public TimeSpan? LostRunnerTimeout { get; init; }

    public IEnumerable<string> Ids => Roles.SelectMany(static role => role.Ids);

    /// <summary>Where a file that the plan names is: relative to the plan itself.</summary>
    public string PathOf(string file) => Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(Source))!);

    /// <summary>What the members of a role do, in order.</summary>
    public IReadOnlyList<PlanAction> ActionsOf(PlanRole role) =>
        [.. role.Own is { } own ? [own] : Array.Empty<PlanAction>(), .. Actions.Where(action => action.Roles.Count == 0 || action.Roles.Contains(role.Name))];

    /// <summary>The roles of an action; all if it names none.</summary>
    public IEnumerable<PlanRole> RolesOf(PlanAction action) =>
        Roles.Where(role => role.Own == action || (Actions.Contains(action) && (action.Roles.Count == 0 || action.Roles.Contains(role.Name))));
}
