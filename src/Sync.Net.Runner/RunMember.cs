namespace Sync.Net.Runner;

/// <summary>One member of a run, or (with <see cref="Count"/>) several alike: what it does, where, and when it begins.</summary>
/// <remarks>Source: Avocado's API of one piece of information at a time (V5), LAVA's roles (L7–L9).</remarks>
public sealed class RunMember
{
    /// <summary>Describes a member.</summary>
    /// <param name="id">Its id, <c>host[#tag]</c>; with a <see cref="Count"/> above 1 the members are <c>id1</c>, <c>id2</c>, ….</param>
    /// <exception cref="ArgumentException">The id is not usable.</exception>
    public RunMember(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        Id = id;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The role. Default null: none.</summary>
    public string? Role { get; set; }

    /// <summary>How many members there are like this. Default 1.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Whether the whole run ends when it fails (L8). Default false. Needs a <see cref="Role"/>, and counts for all of that role.</summary>
    public bool Essential { get; set; }

    /// <summary>Where it runs. Default: this machine.</summary>
    public RunHost Host { get; set; } = RunHost.Local;

    /// <summary>The program and its arguments, no shell between. Either this or <see cref="Action"/>; neither on a host <see cref="RunHost.Elsewhere"/>.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>What the runner's own process does as this member. Default null: <see cref="Command"/> is run.</summary>
    /// <remarks>The group is joined before and left after; an exception is a failure of the member. Only on <see cref="RunHost.Local"/>.</remarks>
    public Func<SyncGroup, CancellationToken, Task>? Action { get; set; }

    /// <summary>Variables of its environment beside those of the runner and <c>SYNC_NET_*</c>. Never null.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Its working folder on its host. Default null: the runner's on this machine, elsewhere a folder of its own that is removed after.</summary>
    public string? WorkingFolder { get; set; }

    /// <summary>When it starts. Default null: at once (L9).</summary>
    public StartCondition? StartAfter { get; set; }

    /// <summary>How long it may run. Default null: as long as the run.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Files of this machine that are copied into its working folder first. Never null.</summary>
    public ICollection<string> Files { get; } = [];

    /// <summary>Names or patterns (<c>*.log</c>) of files in its working folder that are collected after. Never null.</summary>
    public ICollection<string> Collect { get; } = [];
}
