namespace Sync.Net.Runner.Plans;

/// <summary>The hosts that a plan's roles may take.</summary>
internal static class Inventory
{
    /// <summary>A list of hosts, or an object that has one under <c>hosts</c>.</summary>
    public static IReadOnlyList<PlanHost> Read(PlanNode node, string source, PlanFaults faults)
    {
        if (node.IsObject)
        {
            var whole = new PlanObject(node, source, faults);
            _ = whole.Find("$schema");
            PlanNode? hosts = whole.Find("hosts");
            whole.RefuseOthers();
            if (hosts is not null) return Read(hosts, source, faults);
        }
        if (!node.IsArray)
        {
            faults.Add(source, node, "is no list of hosts: write [ { \"name\": \"lab1\", \"ssh\": \"root@lab1\" } ]");
            return [];
        }
        return [.. node.Items.Select(item => PlanHost.Read(new PlanObject(item, source, faults))).OfType<PlanHost>()];
    }
}
