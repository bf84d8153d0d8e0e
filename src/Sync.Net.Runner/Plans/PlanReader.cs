using Sync.Net.Arguments;
using Sync.Net.Transport;

namespace Sync.Net.Runner.Plans;

/// <summary>Reads a plan, and collects all that can't be done as it says.</summary>
internal sealed class PlanReader(string source, PlanFaults faults)
{
    public PlanModel Read(PlanNode root, IReadOnlyList<PlanHost> inventory)
    {
        var plan = new PlanObject(root, source, faults);
        _ = plan.Find("$schema");
        IReadOnlyList<PlanHost> hosts = [.. inventory, .. plan.Find("hosts") is { } node ? Inventory.Read(node, source, faults) : []];
        foreach (PlanHost twice in hosts.GroupBy(static host => host.Name, StringComparer.Ordinal).Where(static group => group.Count() > 1).Select(static group => group.First()))
        {
            plan.Fault(root, $"the host '{twice.Name}' is declared twice: give each a name of its own");
        }
        IReadOnlyList<PlanRole> roles = Roles(plan);
        var model = new PlanModel
        {
            Root = root,
            Source = source,
            Name = plan.Text("name") ?? plan.Text("job_name") ?? Path.GetFileNameWithoutExtension(source),
            Roles = roles,
            Actions = Actions(plan),
            Timeout = plan.Duration("timeout"),
            Listen = plan.Text("listen"),
            Advertise = plan.Text("advertise"),
            Endpoint = plan.Text("endpoint"),
            Master = plan.Text("master"),
            LostRunnerTimeout = plan.Duration("lostRunnerTimeout"),
        };
        _ = plan.Find("job_name");
        plan.RefuseOthers();
        CheckEndpoints(model, plan);
        CheckNames(model, plan);
        CheckFiles(model, plan);
        model = model with { Hosts = Place(model, hosts, plan) };
        CheckActions(model, plan);
        return model;
    }

    private static List<PlanRole> Roles(PlanObject plan)
    {
        PlanNode? map = plan.Find("roles");
        PlanNode? list = plan.Find("device_group");
        if (map is not null && list is not null) plan.Fault(list, "stands beside 'roles': keep one");
        if (map is null && list is null)
        {
            if (plan.Node.IsObject) plan.Fault(plan.Node, "there are no roles: write \"roles\": { \"server\": { … } }");
            return [];
        }
        return map is not null ? RolesOfMap(plan.Inner(map)) : RolesOfList(plan, list!);
    }

    private static List<PlanRole> RolesOfMap(PlanObject map)
    {
        List<PlanRole> roles = [];
        foreach ((string name, PlanNode node) in map.Node.Members)
        {
            PlanObject entry = map.Inner(node);
            roles.Add(PlanRole.Read(name, entry));
            entry.RefuseOthers();
        }
        if (roles.Count == 0 && map.Node.IsObject) map.Fault(map.Node, "is empty: name a role");
        return roles;
    }

    /// <summary>LAVA's list of role, count, device_type and tags.</summary>
    private static List<PlanRole> RolesOfList(PlanObject plan, PlanNode list)
    {
        if (!list.IsArray || list.Items.Count == 0) plan.Fault(list, "is no list of roles: write [ { \"role\": \"server\", \"count\": 1 } ]");
        List<PlanRole> roles = [];
        foreach (PlanObject entry in list.Items.Select(plan.Inner))
        {
            if (entry.Text("role") is { } name) roles.Add(PlanRole.Read(name, entry));
            else if (entry.Node.IsObject && !entry.Node.Members.ContainsKey("role")) entry.Fault(entry.Node, "has no role: write \"role\": \"…\"");
            entry.RefuseOthers();
        }
        return roles;
    }

    private static List<PlanAction> Actions(PlanObject plan)
    {
        if (plan.Find("actions") is not { } list) return [];
        if (!list.IsArray) plan.Fault(list, $"is {list.Word}: write a list [ {{ \"run\": \"…\" }} ]");
        return [.. list.Items.Select(item => PlanAction.Read(plan.Inner(item))).OfType<PlanAction>()];
    }

    private static void CheckEndpoints(PlanModel model, PlanObject plan)
    {
        foreach ((string name, string? text) in new[] { ("listen", model.Listen), ("endpoint", model.Endpoint) })
        {
            if (text is not null && !SyncEndpoint.TryParse(text, out _, out string? fault)) plan.Fault(plan.Node.Members[name], $"is '{text}': {fault}");
        }
        if (model.Endpoint is null) return;
        if (model.Listen is not null) plan.Fault(plan.Node.Members["listen"], "is where a server of the run would listen, and 'endpoint' names one that runs already: keep one");
        if (model.Master is not null) plan.Fault(plan.Node.Members["master"], "would host the server, and 'endpoint' names one that runs already: keep one");
    }

    /// <summary>Files are looked for beside the plan.</summary>
    private static void CheckFiles(PlanModel model, PlanObject plan)
    {
        foreach (PlanRole role in model.Roles)
        {
            foreach (string file in role.Files.Where(file => !File.Exists(model.PathOf(file)))) plan.Fault(role.Node.Members["files"], $"names '{file}', and there is no file {model.PathOf(file)}");
        }
    }

    private static void CheckNames(PlanModel model, PlanObject plan)
    {
        var ids = new Dictionary<string, PlanRole>(StringComparer.Ordinal);
        int maxNameBytes = new SyncLimits().MaxNameBytes;
        foreach (PlanRole role in model.Roles)
        {
            if (NameArgument.FaultOf(role.Name, "role", maxNameBytes) is { } fault) plan.Fault(role.Node, fault);
            foreach (string id in role.Ids)
            {
                if (MemberId.FaultOf(id, maxNameBytes) is { } unusable) plan.Fault(role.Node, unusable);
                else if (!ids.TryAdd(id, role)) plan.Fault(role.Node, $"the member '{id}' is there twice (in '{ids[id].Name}' too): name others by \"ids\"");
            }
        }
        foreach (PlanAction action in model.Actions)
        {
            foreach (string name in action.Roles.Where(name => model.Roles.All(role => role.Name != name))) plan.Fault(action.Node, NoSuch("role", name, model.Roles.Select(static role => role.Name)));
        }
        foreach (PlanStart start in model.Roles.Select(static role => role.Start).OfType<PlanStart>())
        {
            if (start.Role is { } role && model.Roles.All(each => each.Name != role)) plan.Fault(start.Node, NoSuch("role", role, model.Roles.Select(static each => each.Name)));
            if (start.Member is { } member && !ids.ContainsKey(member)) plan.Fault(start.Node, NoSuch("member", member, ids.Keys));
        }
        if (model.Master is { } master && !ids.ContainsKey(master)) plan.Fault(plan.Node.Members["master"], NoSuch("member", master, ids.Keys));
    }

    private static Dictionary<string, RunHost> Place(PlanModel model, IReadOnlyList<PlanHost> hosts, PlanObject plan)
    {
        var placed = new Dictionary<string, RunHost>(StringComparer.Ordinal);
        var matcher = new HostMatcher(hosts);
        List<PlanRole> matched = [];
        foreach (PlanRole role in model.Roles)
        {
            bool hasNeeds = role.Device is not null || role.Type is not null || role.Tags.Count > 0;
            if (role.HostName is { } name)
            {
                RunHost? host = hosts.FirstOrDefault(host => host.Name == name)?.Host ?? (name == RunHost.Local.Name ? RunHost.Local : null);
                if (host is null) plan.Fault(role.Node, NoSuch("host", name, [.. hosts.Select(static each => each.Name), RunHost.Local.Name]));
                foreach (string id in role.Ids) placed.TryAdd(id, host ?? RunHost.Local);
            }
            else if (hosts.Count == 0 && !hasNeeds)
            {
                foreach (string id in role.Ids) placed.TryAdd(id, RunHost.Local);
            }
            else if (matcher.TryTake(role) is null)
            {
                plan.Fault(role.Node, TooFew(role, hosts));
                return placed;
            }
            else
            {
                matched.Add(role);
            }
        }
        foreach (PlanRole role in matched)
        {
            foreach ((string id, PlanHost host) in role.Ids.Zip(matcher.HostsOf(role))) placed.TryAdd(id, host.Host);
        }
        return placed;
    }

    private static string TooFew(PlanRole role, IReadOnlyList<PlanHost> hosts)
    {
        if (role.Device is { } device && hosts.All(host => host.Name != device)) return NoSuch("host", device, hosts.Select(static host => host.Name));
        string[] matching = [.. hosts.Where(host => HostMatcher.Matches(role, host)).Select(static host => host.Name)];
        string needs = role.Device is { } only ? $"the host '{only}'"
            : $"{role.Count} {(role.Count == 1 ? "host" : "hosts")}{(role.Type is null ? "" : $" of type {role.Type}")}{(role.Tags.Count == 0 ? "" : $" with {string.Join(", ", role.Tags)}")}";
        string found = matching.Length == 0 ? "no host of the inventory matches" : $"matching are {string.Join(", ", matching)}, which other roles need too or are too few";
        return $"the role '{role.Name}' needs {needs}; {found}: add hosts, or ask for less";
    }

    private static void CheckActions(PlanModel model, PlanObject plan)
    {
        foreach (PlanRole role in model.Roles)
        {
            bool isElsewhere = role.Ids.All(id => model.Hosts.GetValueOrDefault(id) is Hosts.ElsewhereHost);
            if (!isElsewhere && model.ActionsOf(role).Count == 0) plan.Fault(role.Node, $"nothing says what the role '{role.Name}' does: write \"run\": \"…\" here, or an action for it");
        }
    }

    private static string NoSuch(string what, string name, IEnumerable<string> names)
    {
        string[] all = [.. names];
        string remedy = Spelling.Nearest(name, all) is { } near ? $"write '{near}'" : all.Length == 0 ? $"the plan has no {what}s" : $"there is {string.Join(", ", all)}";
        return $"there is no {what} '{name}'; {remedy}";
    }
}
