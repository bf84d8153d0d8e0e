namespace Sync.Net.Runner.Plans;

/// <summary>A host of an inventory: how it is reached, and what it is.</summary>
internal sealed record PlanHost(RunHost Host, string? Type, IReadOnlyList<string> Tags)
{
    /// <summary>As the inventory calls it.</summary>
    public required string Name { get; init; }

    public static PlanHost? Read(PlanObject entry)
    {
        string? name = entry.Text("name");
        string? ssh = entry.Text("ssh");
        string? configuration = entry.Text("sshConfiguration");
        string? space = entry.Text("namespace");
        bool isLocal = entry.Flag("local");
        bool isElsewhere = entry.Flag("elsewhere");
        string? type = TypeOf(entry);
        IReadOnlyList<string> tags = entry.Texts("tags");
        entry.RefuseOthers();
        if (name is null)
        {
            if (entry.Node.IsObject && !entry.Node.Members.ContainsKey("name")) entry.Fault(entry.Node, "has no name: write \"name\": \"…\"");
            return null;
        }
        int ways = (ssh is null ? 0 : 1) + (space is null ? 0 : 1) + (isLocal ? 1 : 0) + (isElsewhere ? 1 : 0);
        if (ways > 1) entry.Fault(entry.Node, $"the host '{name}' is reached in {ways} ways: keep one of ssh, namespace, local, elsewhere");
        if (configuration is not null && (space is not null || isLocal || isElsewhere)) entry.Fault(entry.Node.Members["sshConfiguration"], "goes with ssh only: remove it");
        RunHost host = isLocal ? RunHost.Local
            : isElsewhere ? RunHost.Elsewhere(name)
            : space is not null ? RunHost.NetworkNamespace(space)
            : RunHost.Ssh(ssh ?? name, configuration);
        return new PlanHost(host, type, tags) { Name = name };
    }

    /// <summary>LAVA's name for it is understood too.</summary>
    public static string? TypeOf(PlanObject entry)
    {
        string? type = entry.Text("type");
        string? device = entry.Text("device_type");
        if (type is not null && device is not null) entry.Fault(entry.Node.Members["device_type"], "says the same as 'type': keep one");
        return type ?? device;
    }
}
