using Sync.Net.Runner.Plans;

namespace Sync.Net.Runner;

/// <summary>A run as a file describes it: roles with counts, what they do, where and when. Sugar on top of <see cref="MultiHostRun"/>.</summary>
/// <remarks>docs/runner.md has the format. Source: LAVA's group definition (L7–L9) and Avocado's plan (V5).</remarks>
public sealed class RunPlan
{
    private readonly PlanModel _model;

    private RunPlan(PlanModel model) => (_model, Warnings) = (model, NeverMet.Find(model));

    /// <summary>The JSON schema of plans, for editors.</summary>
    public static string Schema
    {
        get
        {
            using Stream stream = typeof(RunPlan).Assembly.GetManifestResourceStream("plan.schema.json")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The name: the plan's, else the file's.</summary>
    public string Name => _model.Name;

    /// <summary>What the plan itself declares and can never be met: rosters that name nobody, counts above the members, start conditions in a cycle.</summary>
    public IReadOnlyList<PlanFault> Warnings { get; }

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inventoryPath">A file of hosts, beside those of the plan; null for none.</param>
    /// <returns>The plan; nothing of it was started.</returns>
    /// <exception cref="PlanException">It can't be done as it says; the text has a line, a path and a remedy for each fault.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static RunPlan Load(string path, string? inventoryPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[]? inventory = inventoryPath is null ? null : File.ReadAllBytes(inventoryPath);
        return Read(File.ReadAllBytes(path), path, inventory, inventoryPath);
    }

    /// <summary>Reads a plan from a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What faults call it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PlanException">It can't be done as it says.</exception>
    public static RunPlan Parse(string json, string source = "plan")
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(System.Text.Encoding.UTF8.GetBytes(json), source, null, null);
    }

    /// <summary>Makes the run that the plan describes; it may be changed before it is started.</summary>
    /// <returns>A new run.</returns>
    public MultiHostRun CreateRun()
    {
        var run = new MultiHostRun(_model.Name) { Timeout = _model.Timeout, Advertise = _model.Advertise, Endpoint = _model.Endpoint, Master = _model.Master };
        if (_model.Listen is { } listen) run.Listen = listen;
        if (_model.LostRunnerTimeout is { } lost) run.LostRunnerTimeout = lost;
        foreach (PlanRole role in _model.Roles)
        {
            IReadOnlyList<PlanAction> actions = _model.ActionsOf(role);
            foreach (string id in role.Ids)
            {
                run.Add(MemberOf(role, id, actions));
            }
        }
        return run;
    }

    private static RunPlan Read(byte[] text, string source, byte[]? inventory, string? inventoryPath)
    {
        var faults = new PlanFaults();
        IReadOnlyList<PlanHost> hosts = inventory is null ? [] : Inventory.Read(PlanText.Read(inventory, inventoryPath!), inventoryPath!, faults);
        PlanModel model = new PlanReader(source, faults).Read(PlanText.Read(text, source), hosts);
        faults.ThrowIfAny();
        return new RunPlan(model);
    }

    private RunMember MemberOf(PlanRole role, string id, IReadOnlyList<PlanAction> actions)
    {
        var member = new RunMember(id)
        {
            Role = role.Name,
            Essential = role.Essential,
            Host = _model.Hosts[id],
            Command = actions.Count == 0 ? [] : PlanAction.Join(actions),
            WorkingFolder = role.WorkingFolder,
            StartAfter = role.Start?.Condition,
            Timeout = role.Timeout,
        };
        foreach ((string name, string value) in role.Environment) member.Environment[name] = value;
        foreach (string file in role.Files) member.Files.Add(_model.PathOf(file));
        foreach (string pattern in role.Collect) member.Collect.Add(pattern);
        return member;
    }
}
